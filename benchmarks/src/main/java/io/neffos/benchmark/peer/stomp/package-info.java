/**
 * Spring's STOMP over WebSocket with the simple broker. Entered by Spring's channel
 * executors.
 */
@NullMarked
package io.neffos.benchmark.peer.stomp;

import org.jspecify.annotations.NullMarked;
