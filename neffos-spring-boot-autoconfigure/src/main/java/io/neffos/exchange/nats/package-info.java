/**
 * The exchange over NATS, by its Java client. Entered by any thread that publishes or
 * subscribes; inside, one thread looks after the connection, and those of the client read
 * from it, write to it and deliver.
 */
@NullMarked
package io.neffos.exchange.nats;

import org.jspecify.annotations.NullMarked;
