package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a room of the namespace ceased to exist, because its last member left.
 * <p>
 * With an exchange it is called once in the cluster, on one server of it, some time after
 * the leave, or when the lease of a server that died with the last members is over. See
 * {@link OnLocalRoomDestroyed} for the rooms of one server.
 * <p>
 * For one room the calls of {@link OnRoomCreated} and this strictly alternate and never
 * overlap. It may block; without an exchange the leave that caused it continues
 * afterwards. What it throws is logged and has no other effect. Every method whose
 * pattern matches is called. Arguments: {@code RoomInfo}, {@code NeffosServer}, and
 * variables of the pattern with {@code @DestinationVariable}.
 *
 * <pre class="code">
 * &#64;OnRoomDestroyed("game-{id}")
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
public @interface OnRoomDestroyed {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	String value() default "";

}
