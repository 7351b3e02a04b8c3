package io.neffos.autoconfigure;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.neffos.BodyCodec;
import io.neffos.NeffosException;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.MessagingException;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.GenericMessage;

/**
 * Asks the application's message converters before another codec. A converter that does
 * not know a type says so by {@code null}.
 */
final class ConvertingBodyCodec implements BodyCodec {

	private static final MessageHeaders NO_HEADERS = new MessageHeaders(Map.of());

	private final List<MessageConverter> converters;

	private final BodyCodec otherwise;

	ConvertingBodyCodec(List<MessageConverter> converters, BodyCodec otherwise) {
		this.converters = List.copyOf(converters);
		this.otherwise = otherwise;
	}

	@Override
	public byte[] encode(Object value) {
		for (MessageConverter converter : this.converters) {
			Message<?> message = convert(converter, value);
			if (message != null && message.getPayload() instanceof byte[] bytes) {
				return bytes;
			}
			if (message != null && message.getPayload() instanceof CharSequence text) {
				return text.toString().getBytes(StandardCharsets.UTF_8);
			}
		}
		return this.otherwise.encode(value);
	}

	@Override
	public Object decode(byte[] body, Type type) {
		// A converter knows classes, and would read the elements of a list as anything.
		if (type instanceof Class<?> target) {
			Message<byte[]> message = new GenericMessage<>(body, NO_HEADERS);
			for (MessageConverter converter : this.converters) {
				Object value = convert(converter, message, target);
				if (value != null) {
					return value;
				}
			}
		}
		return this.otherwise.decode(body, type);
	}

	private static @Nullable Object convert(MessageConverter converter, Message<byte[]> message, Class<?> target) {
		try {
			return converter.fromMessage(message, target);
		}
		catch (MessagingException ex) {
			// Without the cause: its text may quote the body, and this one is logged.
			throw new NeffosException("The body is not " + target.getName() + " for " + converter.getClass().getName());
		}
	}

	private static @Nullable Message<?> convert(MessageConverter converter, Object value) {
		try {
			return converter.toMessage(value, NO_HEADERS);
		}
		catch (MessagingException ex) {
			throw new NeffosException(
					"Cannot write " + value.getClass().getName() + " with " + converter.getClass().getName(), ex);
		}
	}

}
