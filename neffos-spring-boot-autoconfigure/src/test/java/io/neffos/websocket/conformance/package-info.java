/**
 * What a WebSocket server has to do with frames, right and wrong ones, as cases that any
 * server which echoes can be asked. The thread of the test is the client.
 */
@NullMarked
package io.neffos.websocket.conformance;

import org.jspecify.annotations.NullMarked;
