package io.neffos.handler;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;

/**
 * Resolves what is there whatever the client sent: the connection, the message as it is,
 * the room that is created or destroyed, the server.
 */
final class ContextArgumentResolver implements HandlerMethodArgumentResolver {

	private final Supplier<NeffosServer> server;

	/**
	 * Create the resolver.
	 * @param server asked when a handler is called, since the server is made of the
	 * handlers
	 */
	ContextArgumentResolver(Supplier<NeffosServer> server) {
		this.server = server;
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		return type == NSConn.class || type == Conn.class || type == io.neffos.Message.class
				|| type == HandshakeInfo.class || type == NeffosServer.class || type == RoomInfo.class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Class<?> type = parameter.getParameterType();
		if (type == NeffosServer.class) {
			return this.server.get();
		}
		if (type == NSConn.class) {
			return NeffosHeaders.nsConn(message);
		}
		if (type == io.neffos.Message.class) {
			return NeffosHeaders.message(message);
		}
		if (type == RoomInfo.class) {
			return NeffosHeaders.room(message);
		}
		Conn conn = NeffosHeaders.conn(message);
		return (conn != null && type == HandshakeInfo.class) ? conn.handshake() : conn;
	}

}
