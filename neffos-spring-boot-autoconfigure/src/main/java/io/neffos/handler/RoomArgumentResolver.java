package io.neffos.handler;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Room;

/**
 * Resolves the joined room that a message is for.
 */
final class RoomArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.nestedIfOptional().getNestedParameterType() == Room.class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Room room = joinedRoom(message);
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(room);
		}
		if (room == null && !parameter.isOptional()) {
			throw new RefusedException(PeerTexts.BAD_ROOM);
		}
		return room;
	}

	private static @Nullable Room joinedRoom(Message<?> message) {
		NSConn conn = NeffosHeaders.nsConn(message);
		io.neffos.Message received = NeffosHeaders.message(message);
		return (conn != null && received != null && !received.room().isEmpty()) ? conn.room(received.room()) : null;
	}

}
