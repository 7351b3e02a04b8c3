package io.neffos.handler;

import java.io.Serial;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.support.DestinationVariableMethodArgumentResolver;
import org.springframework.messaging.support.GenericMessage;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RoomInfo;

/**
 * What a handler is called with, as headers of the Spring message that argument resolvers
 * and message converters get; its payload is the body as {@code byte[]}.
 *
 * <pre class="code">
 * class PlayerArgumentResolver implements HandlerMethodArgumentResolver {
 *
 *     public boolean supportsParameter(MethodParameter parameter) {
 *         return parameter.getParameterType() == Player.class;
 *     }
 *
 *     public Object resolveArgument(MethodParameter parameter, Message&lt;?&gt; message) {
 *         return this.players.of(NeffosHeaders.conn(message).id());
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
public final class NeffosHeaders {

	private static final String CONN = "neffosConn";

	private static final String NS_CONN = "neffosNSConn";

	private static final String MESSAGE = "neffosMessage";

	private static final String ROOM = "neffosRoom";

	private static final byte[] NO_BODY = new byte[0];

	private NeffosHeaders() {
	}

	/**
	 * The connection.
	 * @param message the message handed to a resolver
	 * @return the connection, or {@code null} when a room is created or destroyed
	 */
	public static @Nullable Conn conn(org.springframework.messaging.Message<?> message) {
		return message.getHeaders().get(CONN, Conn.class);
	}

	/**
	 * The connection within its namespace.
	 * @param message the message handed to a resolver
	 * @return the connection, or {@code null} unless an event is handled
	 */
	public static @Nullable NSConn nsConn(org.springframework.messaging.Message<?> message) {
		return message.getHeaders().get(NS_CONN, NSConn.class);
	}

	/**
	 * The message as it was received.
	 * @param message the message handed to a resolver
	 * @return the message, or {@code null} unless an event is handled
	 */
	public static @Nullable Message message(org.springframework.messaging.Message<?> message) {
		return message.getHeaders().get(MESSAGE, Message.class);
	}

	/**
	 * The room that is created or destroyed.
	 * @param message the message handed to a resolver
	 * @return the room, or {@code null} for everything else
	 */
	public static @Nullable RoomInfo room(org.springframework.messaging.Message<?> message) {
		return message.getHeaders().get(ROOM, RoomInfo.class);
	}

	static org.springframework.messaging.Message<?> ofEvent(NSConn conn, Message message,
			Map<String, String> variables) {
		return create(message.body(), Map.of(CONN, conn.conn(), NS_CONN, conn, MESSAGE, message,
				DestinationVariableMethodArgumentResolver.DESTINATION_TEMPLATE_VARIABLES_HEADER, variables));
	}

	static org.springframework.messaging.Message<?> ofConn(Conn conn) {
		return create(NO_BODY, Map.of(CONN, conn));
	}

	static org.springframework.messaging.Message<?> ofRoom(RoomInfo room, Map<String, String> variables) {
		return create(NO_BODY, Map.of(ROOM, room,
				DestinationVariableMethodArgumentResolver.DESTINATION_TEMPLATE_VARIABLES_HEADER, variables));
	}

	private static org.springframework.messaging.Message<?> create(byte[] body, Map<String, Object> headers) {
		return new GenericMessage<>(body, new PlainHeaders(headers));
	}

	/** Headers without id and timestamp, which would be made anew for each message. */
	private static final class PlainHeaders extends MessageHeaders {

		@Serial
		private static final long serialVersionUID = 1L;

		private static final long NO_TIMESTAMP = -1;

		PlainHeaders(Map<String, Object> headers) {
			super(headers, ID_VALUE_NONE, NO_TIMESTAMP);
		}

	}

}
