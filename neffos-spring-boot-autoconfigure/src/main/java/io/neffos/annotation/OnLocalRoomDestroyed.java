package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a room of the namespace ceased to exist on this server, because its last
 * member here left, whatever other servers of the cluster have. See
 * {@link OnRoomDestroyed} for the cluster.
 * <p>
 * For one room the calls of {@link OnLocalRoomCreated} and this strictly alternate and
 * never overlap. It may block; the leave that caused it continues afterwards. What it
 * throws is logged and has no other effect. Every method whose pattern matches is called.
 * Arguments: {@code RoomInfo}, {@code NeffosServer}, and variables of the pattern with
 * {@code @DestinationVariable}.
 *
 * <pre class="code">
 * &#64;OnLocalRoomDestroyed("game-{id}")
 * void close(&#64;DestinationVariable long id) {
 *     this.games.close(id);
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnLocalRoomDestroyed {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	String value() default "";

}
