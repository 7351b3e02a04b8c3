package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import io.neffos.SystemEvents;

/**
 * Called after a connection has joined a room, exactly once, and after a client that
 * asked has its answer: what the handler emits arrives behind it. The connection is in
 * the index already.
 * <p>
 * It cannot refuse; what it returns is ignored and what it throws is logged. It may
 * block; later messages of the connection wait. Arguments are those of {@link OnEvent}
 * except a body.
 *
 * <pre class="code">
 * &#64;OnRoomJoined
 * void announce(NSConn conn, Room room) {
 *     conn.broadcastOthers(Message.to(room).event("joined").body(conn.conn().id()));
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.ROOM_JOINED)
public @interface OnRoomJoined {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	@AliasFor(annotation = OnEvent.class, attribute = "room")
	String value() default "";

}
