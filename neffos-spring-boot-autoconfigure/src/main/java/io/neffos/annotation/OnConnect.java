package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a connection opens, before any of its namespaces is connected and whatever
 * the namespace of the bean.
 * <p>
 * {@code RefusedException} refuses the connection, with its text for the client. All such
 * methods are called, beans in the order of {@code @Order}, until one refuses. It may
 * block, but not on what the client has to answer: the connection is not acknowledged
 * yet. Arguments: {@code Conn}, {@code HandshakeInfo}, {@link java.security.Principal},
 * {@code NeffosServer}.
 *
 * <pre class="code">
 * &#64;OnConnect
 * void admit(Conn conn, HandshakeInfo handshake) {
 *     if (!this.tokens.isValid(handshake.header("X-Token"))) {
 *         throw new RefusedException("bad token");
 *     }
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnConnect {

}
