package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Called when a connection that was not refused has closed, after it has left its rooms
 * and namespaces, and whatever the namespace of the bean.
 * <p>
 * All such methods are called, beans in the order of {@code @Order}. What one throws is
 * logged. Arguments: {@code Conn}, {@code HandshakeInfo},
 * {@link java.security.Principal}, {@code NeffosServer}.
 *
 * <pre class="code">
 * &#64;OnDisconnect
 * void gone(Conn conn) {
 *     this.sessions.remove(conn.id());
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface OnDisconnect {

}
