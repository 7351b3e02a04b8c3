package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.neffos.SystemEvents;

/**
 * Called after a connection was connected to the namespace, exactly once, and after a
 * client that asked has its answer: what the handler emits arrives behind it.
 * <p>
 * It cannot refuse; what it returns is ignored and what it throws is logged. It may
 * block; later messages of the connection wait. Arguments are those of {@link OnEvent}
 * except {@code Room}, {@code @DestinationVariable} and a body.
 *
 * <pre class="code">
 * &#64;OnNamespaceConnected
 * void welcome(NSConn conn) {
 *     conn.joinRoomAsync("lobby");
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.NAMESPACE_CONNECTED)
public @interface OnNamespaceConnected {

}
