/**
 * RFC 6455 frames as a server reads them: pure state machines over bytes, which know
 * neither sockets nor threads. Each object belongs to one connection and is entered by
 * one thread at a time.
 */
@NullMarked
package io.neffos.framing;

import org.jspecify.annotations.NullMarked;
