package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.neffos.SystemEvents;

/**
 * Called when a connection is disconnected from the namespace, exactly once, after the
 * rooms were left when the connection closes.
 * <p>
 * {@code RefusedException} refuses only what a client asks for: nothing changes then and
 * its text reaches the client. When {@code Message.isForced()} or
 * {@code Message.isLocal()} is set it has no effect. Arguments are those of
 * {@link OnEvent} except {@code Room} and {@code @DestinationVariable}; a body that is
 * neither {@code String} nor {@code byte[]} must be {@code Optional} or
 * {@code @Nullable}.
 *
 * <pre class="code">
 * &#64;OnNamespaceDisconnect
 * void goodbye(NSConn conn) {
 *     this.presence.remove(conn.conn().id());
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.NAMESPACE_DISCONNECT)
public @interface OnNamespaceDisconnect {

}
