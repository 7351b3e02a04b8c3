package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import io.neffos.SystemEvents;

/**
 * Called before a connection leaves a room, exactly once, also when the connection
 * closes. It is still a member.
 * <p>
 * {@code RefusedException} refuses unless {@code Message.isForced()} is set; its text
 * reaches a client that asked, and nothing changes. Arguments are those of
 * {@link OnEvent}; a body that is neither {@code String} nor {@code byte[]} must be
 * {@code Optional} or {@code @Nullable}.
 *
 * <pre class="code">
 * &#64;OnRoomLeave("game-{id}")
 * void stay(&#64;DestinationVariable long id, Message message) {
 *     if (!message.isForced() &amp;&amp; this.games.isRunning(id)) {
 *         throw new RefusedException("finish your game");
 *     }
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.ROOM_LEAVE)
public @interface OnRoomLeave {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	@AliasFor(annotation = OnEvent.class, attribute = "room")
	String value() default "";

}
