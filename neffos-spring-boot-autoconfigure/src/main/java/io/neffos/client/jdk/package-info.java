/**
 * The sockets of clients, on the WebSocket of the JDK. Entered by the engine from any
 * thread, and by the threads of the {@link java.net.http.HttpClient} that was handed in;
 * has none of its own, but bounds in time expire on the timer thread of the JDK's
 * futures.
 */
@NullMarked
package io.neffos.client.jdk;

import org.jspecify.annotations.NullMarked;
