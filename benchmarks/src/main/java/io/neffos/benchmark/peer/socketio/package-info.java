/**
 * A Socket.IO server on netty-socketio. Entered by Netty's event loops.
 */
@NullMarked
package io.neffos.benchmark.peer.socketio;

import org.jspecify.annotations.NullMarked;
