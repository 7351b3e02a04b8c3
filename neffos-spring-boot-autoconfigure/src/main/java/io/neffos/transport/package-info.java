/**
 * What the engine needs of a socket, and what a socket tells the engine. SPI only; an
 * adapter calls the listener from one thread at a time, and the engine calls the socket
 * from any thread.
 */
@NullMarked
package io.neffos.transport;

import org.jspecify.annotations.NullMarked;
