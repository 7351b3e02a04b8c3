/** Tests of the exchange over Redis, with Redis as a process of its own. */
@NullMarked
package io.neffos.exchange.redis;

import org.jspecify.annotations.NullMarked;
