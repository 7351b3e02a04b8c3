package io.neffos.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.neffos.SystemEvents;

/**
 * Handles native messages: whole WebSocket messages without neffos structure (protocol
 * section 12). Only for a bean with {@code @NeffosNamespace("")}.
 * <p>
 * If it is the only handler of the only namespace, the server speaks nothing but native
 * messages and accepts any WebSocket client. Called in the order in which the messages
 * arrived; it may block. Arguments are those of {@link OnEvent} except {@code Room} and
 * {@code @DestinationVariable}.
 *
 * <pre class="code">
 * &#64;OnNativeMessage
 * void echo(NSConn conn, String text) {
 *     conn.conn().write(Message.nativeMessage(text));
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@OnEvent(SystemEvents.NATIVE_MESSAGE)
public @interface OnNativeMessage {

}
