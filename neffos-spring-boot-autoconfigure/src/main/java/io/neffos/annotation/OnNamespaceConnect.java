package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.neffos.SystemEvents;

/**
 * Called before a connection is connected to the namespace, whichever side wants it.
 * <p>
 * {@code RefusedException} refuses, and its text reaches a client that asked; nothing is
 * left of a refused connect. It may block; the client waits meanwhile. Arguments are
 * those of {@link OnEvent} except {@code Room} and {@code @DestinationVariable}; a client
 * may send a body with its request.
 *
 * <pre class="code">
 * &#64;OnNamespaceConnect
 * void admit(Principal user) {
 *     if (this.bans.contains(user.getName())) {
 *         throw new RefusedException("you are banned");
 *     }
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.NAMESPACE_CONNECT)
public @interface OnNamespaceConnect {

}
