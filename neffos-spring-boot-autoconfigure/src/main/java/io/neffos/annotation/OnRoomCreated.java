package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a room of the namespace came into being, because its first member joined.
 * <p>
 * With an exchange it is called once in the cluster, on one server of it, some time after
 * the join (the digest interval and the way through the broker); rooms that come and go
 * within that time may be told of once, or not at all. See {@link OnLocalRoomCreated} for
 * the rooms of one server, of which none is missed.
 * <p>
 * For one room the calls of this and {@link OnRoomDestroyed} strictly alternate and never
 * overlap. It may block; without an exchange the join that caused it continues
 * afterwards. What it throws is logged and has no other effect. Every method whose
 * pattern matches is called. Arguments: {@code RoomInfo}, {@code NeffosServer}, and
 * variables of the pattern with {@code @DestinationVariable}.
 *
 * <pre class="code">
 * &#64;OnRoomCreated("game-{id}")
 * void open(RoomInfo room, &#64;DestinationVariable long id) {
 *     this.games.open(id);
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnRoomCreated {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every room
	 */
	String value() default "";

}
