package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Handles an event that a client sends in the namespace of the bean.
 * <p>
 * Called once for each message with that event, in order with the other handlers of the
 * connection; it may block. A returned value is the answer to a client that asked. A
 * declared handler has full control: its messages are not relayed to the room.
 * <p>
 * With a room pattern it takes only messages for rooms that match; of several matching
 * handlers the one with the most specific pattern takes the message (that is, the most
 * literal characters; a pattern with {@code **} comes after those without, and a handler
 * without pattern comes last). A message that matches none goes to {@link OnAnyEvent} if
 * there is one, and otherwise counts as having no handler. Patterns are those of Spring's
 * {@code AntPathMatcher}: {@code ?}, {@code *}, {@code **}, <code>{id}</code> and
 * <code>{id:[0-9]+}</code>, with {@code /} between segments. Variables are bound with
 * {@code @DestinationVariable}; one that cannot be converted is answered with
 * {@code bad room}.
 * <p>
 * Arguments, in any order: {@code NSConn}, {@code Conn}, {@code Room} (which must be
 * joined, unless it is {@code Optional} or {@code @Nullable}), {@code Message},
 * {@code HandshakeInfo}, {@code NeffosServer}, {@link java.security.Principal} (or what
 * it really is; a connection without one is refused unless the parameter is
 * {@code Optional} or {@code @Nullable}), {@code @DestinationVariable}, and the body: a
 * parameter with {@code @Payload}, or the only one that is none of these. The body is
 * read by Spring's message converters and validated when it carries {@code @Valid} or
 * {@code @Validated}; one that cannot be read or is not valid is answered with
 * {@code invalid payload}.
 *
 * <pre class="code">
 * &#64;OnEvent(value = "move", room = "game-{id}")
 * String move(&#64;DestinationVariable long id, NSConn conn, &#64;Payload &#64;Valid Move move) {
 *     return this.games.play(id, conn.conn().id(), move);
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnEvent {

	/**
	 * The event. Events of the library have annotations of their own.
	 * @return its name, not empty
	 */
	String value();

	/**
	 * Which rooms.
	 * @return a pattern for the names of rooms; empty for every message, for a room or
	 * not
	 */
	String room() default "";

}
