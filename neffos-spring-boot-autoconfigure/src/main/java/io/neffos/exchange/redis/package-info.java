/**
 * The exchange over Redis: two connections of an application's own Lettuce client.
 * Entered by any thread that publishes or subscribes, by the exchange's one thread, which
 * alone connects and writes, and by Lettuce's threads with what arrives.
 */
@NullMarked
package io.neffos.exchange.redis;

import org.jspecify.annotations.NullMarked;
