/**
 * What an application holds in its hands: connections, namespaces, rooms, messages, the
 * server, and the handlers that answer for them.
 * <p>
 * Everything here may be called from any thread. Values are immutable; {@link Conn},
 * {@link NSConn}, {@link Room} and {@link NeffosServer} are views of live state and safe
 * for concurrent use.
 */
@NullMarked
package io.neffos;

import org.jspecify.annotations.NullMarked;
