/**
 * Sockets of our own: WebSocket over non-blocking byte streams, read and written by a few
 * loops. Each socket belongs to one loop; what the application sends enters on any
 * thread, and only queues.
 */
@NullMarked
package io.neffos.nio;

import org.jspecify.annotations.NullMarked;
