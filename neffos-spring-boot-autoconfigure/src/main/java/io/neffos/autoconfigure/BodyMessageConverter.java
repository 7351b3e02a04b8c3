package io.neffos.autoconfigure;

import java.lang.reflect.Type;

import io.neffos.BodyCodec;
import io.neffos.NeffosException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.SmartMessageConverter;

/** Lets the arguments of handlers be read by the {@link BodyCodec}. */
final class BodyMessageConverter implements SmartMessageConverter {

	private final BodyCodec codec;

	BodyMessageConverter(BodyCodec codec) {
		this.codec = codec;
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass) {
		return fromMessage(message, targetClass, null);
	}

	@Override
	public @Nullable Object fromMessage(Message<?> message, Class<?> targetClass, @Nullable Object conversionHint) {
		if (!(message.getPayload() instanceof byte[] body)) {
			return null;
		}
		try {
			return this.codec.decode(body, typeOf(targetClass, conversionHint));
		}
		catch (NeffosException ex) {
			throw new MessageConversionException(message, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static Type typeOf(Class<?> targetClass, @Nullable Object conversionHint) {
		if (conversionHint instanceof MethodParameter parameter) {
			MethodParameter nested = parameter.nestedIfOptional();
			return GenericTypeResolver.resolveType(nested.getNestedGenericParameterType(), nested.getContainingClass());
		}
		return targetClass;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers) {
		return null;
	}

	@Override
	public @Nullable Message<?> toMessage(Object payload, @Nullable MessageHeaders headers,
			@Nullable Object conversionHint) {
		return null;
	}

}
