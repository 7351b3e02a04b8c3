package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;
import org.springframework.stereotype.Component;

/**
 * Declares a namespace; the annotated methods of the bean handle its events.
 * <p>
 * A class with this annotation is found by component scanning. Several beans may declare
 * the same namespace: their handlers are merged, together with those of
 * {@code io.neffos.Namespaces} beans, and two handlers for one event and room pattern
 * stop the start. A bean without handlers declares a namespace that clients can connect
 * to and whose rooms relay messages among their members.
 * <p>
 * Handlers of one connection run one at a time, in the order in which its frames arrived;
 * handlers of different connections run in parallel, so a singleton bean must be safe for
 * concurrent use. They run on the application's executor and may block. They are called
 * through the bean, so that {@code @Transactional}, {@code @PreAuthorize} and other
 * proxies apply.
 * <p>
 * What a handler returns is the answer to a client that asked: nothing or {@code null}
 * does not answer, an {@code io.neffos.Reply} or any other value answers, a
 * {@link java.util.concurrent.CompletionStage} answers when it completes. To refuse, a
 * handler throws {@code io.neffos.RefusedException}; a returned {@code false} refuses
 * nothing. Exceptions may be turned into a refusal by a method with Spring's
 * {@code @MessageExceptionHandler} in the same bean.
 *
 * <pre class="code">
 * &#64;NeffosNamespace("chat")
 * class ChatRooms {
 *
 *     &#64;OnRoomJoin("vip")
 *     void admit(NSConn conn, Principal user) {
 *         if (!user.getName().startsWith("vip-")) {
 *             throw new RefusedException("vip room is restricted");
 *         }
 *     }
 *
 *     &#64;OnEvent("say")
 *     void say(NSConn conn, Room room, &#64;Payload Line line) {
 *         conn.broadcastOthers(Message.to(room).event("say").body(line));
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
@NamespaceAlias
public @interface NeffosNamespace {

	/**
	 * The name of the namespace. The empty name is the namespace of native messages.
	 * @return its name
	 */
	@AliasFor(annotation = NamespaceAlias.class, attribute = "value")
	String value();

	/**
	 * Which side of a connection the handlers are for. Those of {@link Side#SERVER}, the
	 * default, make up this application's server; those of {@link Side#CLIENT} serve the
	 * clients that are built with its {@code NeffosClientBuilder} bean, which connect to
	 * servers elsewhere. The handlers are the same, except that a client has neither
	 * {@code NeffosServer} nor {@link java.security.Principal} to give them, hears
	 * nothing of the creation of rooms, and relays nothing.
	 * @return the side
	 */
	Side side() default Side.SERVER;

	/**
	 * Whether a message of a member for its room is relayed to all members when its event
	 * has no handler.
	 * @return the choice; {@link Choice#DEFAULT} is the server's
	 * ({@code neffos.rooms.relay})
	 */
	Choice relay() default Choice.DEFAULT;

	/**
	 * Whether messages for a room that the sender has not joined are kept from handlers.
	 * @return the choice; {@link Choice#DEFAULT} keeps them away
	 */
	Choice roomCheck() default Choice.DEFAULT;

	/**
	 * What becomes of events for a connection that does not keep up.
	 * @return the choice; {@link Overflow#DEFAULT} is the server's
	 * ({@code neffos.overflow})
	 */
	Overflow overflow() default Overflow.DEFAULT;

	/**
	 * The sides of a connection.
	 *
	 * @since 0.1.0
	 */
	enum Side {

		/** The one that is connected to. */
		SERVER,

		/** The one that connects. */
		CLIENT

	}

	/**
	 * What becomes of events for a connection that does not keep up;
	 * {@code io.neffos.Overflow} has the details. Beans of one namespace must not
	 * contradict each other.
	 *
	 * @since 0.1.0
	 */
	enum Overflow {

		/** Left open. */
		DEFAULT,

		/** The connection is closed. */
		CLOSE,

		/** The events that have waited longest are dropped. */
		DROP_OLDEST,

		/** The events that come are dropped. */
		DROP_NEWEST,

		/** Only the newest event of each key is kept. */
		CONFLATE

	}

	/**
	 * A choice that can be left open. Beans of one namespace must not contradict each
	 * other.
	 *
	 * @since 0.1.0
	 */
	enum Choice {

		/** Left open. */
		DEFAULT,

		/** Switched on. */
		ON,

		/** Switched off. */
		OFF

	}

}
