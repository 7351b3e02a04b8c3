/**
 * Configures what makes many servers one: the exchange over a broker, its health and its
 * metrics. Entered at start by the thread that does it, and by those that read health and
 * meters.
 */
@NullMarked
package io.neffos.autoconfigure.exchange;

import org.jspecify.annotations.NullMarked;
