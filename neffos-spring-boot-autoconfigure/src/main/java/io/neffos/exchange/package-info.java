/**
 * What makes many servers one: an {@link io.neffos.exchange.StackExchange} carries bytes
 * between them on named channels, and knows nothing of connections, namespaces or rooms.
 * Entered by any thread that broadcasts, joins or leaves; its listener is called by
 * threads of the exchange.
 */
@NullMarked
package io.neffos.exchange;

import org.jspecify.annotations.NullMarked;
