package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import io.neffos.SystemEvents;

/**
 * Handles every message whose event has no handler of its own in the namespace, be it an
 * ordinary event or one of the library, such as a join (protocol section 8). Ask
 * {@code Message.event()} which it is. For an event of the library a returned value means
 * yes and {@code RefusedException} means no, where that event can be refused.
 * <p>
 * Called in order with the other handlers of the connection; it may block. Arguments are
 * those of {@link OnEvent}; since some of these messages have no room or body, a
 * {@code Room} must be {@code Optional} or {@code @Nullable}, and so must a body that is
 * neither {@code String} nor {@code byte[]}.
 *
 * <pre class="code">
 * &#64;OnAnyEvent
 * void log(NSConn conn, Message message) {
 *     logger.debug("no handler for " + message.event());
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.ANY_EVENT)
public @interface OnAnyEvent {

	/**
	 * Which rooms, with patterns as for {@link OnEvent}.
	 * @return a pattern for the names of rooms; empty for every message, for a room or
	 * not
	 */
	@AliasFor(annotation = OnEvent.class, attribute = "room")
	String room() default "";

}
