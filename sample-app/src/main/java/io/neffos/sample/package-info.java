/**
 * An application that uses the starter as its users do: public API only, small handlers.
 * Handlers of one connection are called one at a time, those of different connections in
 * parallel, on the application's executor; controllers on the web server's threads.
 */
@NullMarked
package io.neffos.sample;

import org.jspecify.annotations.NullMarked;
