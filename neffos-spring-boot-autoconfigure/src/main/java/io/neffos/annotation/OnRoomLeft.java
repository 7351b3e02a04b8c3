package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import io.neffos.SystemEvents;

/**
 * Called after a connection has left a room, exactly once, also when the connection
 * closes. It is no longer a member, so there is no {@code Room} argument.
 * <p>
 * It cannot refuse; what it returns is ignored and what it throws is logged. Other
 * arguments are those of {@link OnEvent} except a body.
 *
 * <pre class="code">
 * &#64;OnRoomLeft
 * void announce(NSConn conn, Message message) {
 *     conn.broadcastOthers(Message.of("left", conn.conn().id()).room(message.room()));
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.ROOM_LEFT)
public @interface OnRoomLeft {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	@AliasFor(annotation = OnEvent.class, attribute = "room")
	String value() default "";

}
