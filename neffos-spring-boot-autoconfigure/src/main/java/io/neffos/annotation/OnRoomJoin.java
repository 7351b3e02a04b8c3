package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import io.neffos.SystemEvents;

/**
 * Called before a connection joins a room, whichever side wants it.
 * <p>
 * {@code RefusedException} refuses, and its text reaches a client that asked; nothing is
 * left of a refused join. The connection is not a member yet, so there is no {@code Room}
 * argument: the name is {@code Message.room()} or a variable of the pattern. It may
 * block; the client waits meanwhile. Other arguments are those of {@link OnEvent}; a
 * client may send a body with its request. Without handler every room may be joined.
 *
 * <pre class="code">
 * &#64;OnRoomJoin("game-{id}")
 * void admit(&#64;DestinationVariable long id, Principal user) {
 *     if (!this.games.has(id, user.getName())) {
 *         throw new RefusedException("not your game");
 *     }
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.ROOM_JOIN)
public @interface OnRoomJoin {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	@AliasFor(annotation = OnEvent.class, attribute = "room")
	String value() default "";

}
