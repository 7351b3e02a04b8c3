/**
 * What one would write by hand on Spring's {@code WebSocketHandler}. Entered by the
 * container's threads, one at a time for each session.
 */
@NullMarked
package io.neffos.benchmark.peer.plain;

import org.jspecify.annotations.NullMarked;
