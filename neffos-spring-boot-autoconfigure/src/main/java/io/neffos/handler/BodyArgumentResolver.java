package io.neffos.handler;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;
import org.springframework.messaging.handler.annotation.support.PayloadMethodArgumentResolver;
import org.springframework.validation.Validator;

/**
 * Resolves the body of a message. Comes last, since it takes what nobody else does;
 * {@link ParameterRules} has made sure that it is asked for at most one parameter.
 */
final class BodyArgumentResolver extends PayloadMethodArgumentResolver {

	BodyArgumentResolver(MessageConverter converter, @Nullable Validator validator) {
		super(converter, validator, true);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
		if (isEmptyPayload(message.getPayload()) && parameter.getParameterType() != Optional.class) {
			if (isOptional(parameter)) {
				return null;
			}
			if (canBeEmpty(parameter)) {
				return (parameter.getParameterType() == byte[].class) ? message.getPayload() : "";
			}
		}
		try {
			return super.resolveArgument(parameter, message);
		}
		catch (MessageConversionException | MethodArgumentNotValidException ex) {
			throw new ClientMistakeException(PeerTexts.INVALID_PAYLOAD, ex);
		}
	}

	/** Whether a method may be called without a body for this parameter. */
	static boolean toleratesNoBody(MethodParameter parameter) {
		return isOptional(parameter) || canBeEmpty(parameter);
	}

	private static boolean isOptional(MethodParameter parameter) {
		Payload payload = parameter.getParameterAnnotation(Payload.class);
		return (payload != null && !payload.required()) || parameter.isOptional();
	}

	private static boolean canBeEmpty(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type == String.class || type == CharSequence.class || type == byte[].class;
	}

}
