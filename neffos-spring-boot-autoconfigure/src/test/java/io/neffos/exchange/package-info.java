/** Tests of exchanges, against brokers that are processes of their own. */
@NullMarked
package io.neffos.exchange;

import org.jspecify.annotations.NullMarked;
