/**
 * The HTTP endpoint and the adapter between Spring's WebSocket sessions and the engine.
 * Entered by the container's threads; no user code runs on them except the generator of
 * connection ids.
 */
@NullMarked
package io.neffos.websocket;

import org.jspecify.annotations.NullMarked;
