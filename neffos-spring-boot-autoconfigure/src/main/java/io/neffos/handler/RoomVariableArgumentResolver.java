package io.neffos.handler;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.ConversionService;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.DestinationVariableMethodArgumentResolver;

/**
 * Resolves variables of room patterns. A room whose name cannot be converted is one that
 * the client should not have named.
 */
final class RoomVariableArgumentResolver extends DestinationVariableMethodArgumentResolver {

	RoomVariableArgumentResolver(ConversionService conversionService) {
		super(conversionService);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) throws Exception {
		try {
			return super.resolveArgument(parameter, message);
		}
		catch (ConversionException ex) {
			throw new ClientMistakeException(PeerTexts.BAD_ROOM, ex);
		}
	}

}
