/**
 * Servers that are one: what they tell each other over a
 * {@link io.neffos.exchange.StackExchange}, and what each knows of the others. Entered by
 * threads of the exchange, by a timer, and by any thread that joins, leaves or
 * broadcasts.
 */
@NullMarked
package io.neffos.cluster;

import org.jspecify.annotations.NullMarked;
