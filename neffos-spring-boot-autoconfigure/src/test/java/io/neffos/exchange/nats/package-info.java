/** Tests of the exchange over NATS, against a server that is a process of its own. */
@NullMarked
package io.neffos.exchange.nats;

import org.jspecify.annotations.NullMarked;
