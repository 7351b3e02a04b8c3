package io.neffos.client;

import java.time.Duration;

import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A client is about to try to come back.
 *
 * @param client the client
 * @param attempt which attempt since the connection was lost, counted from 1; the server
 * is told (protocol section 1)
 * @param delay how long the client waits before it
 * @param lost how the connection was lost
 * @param failure why the attempt before this one failed, or {@code null} if there was
 * none
 * @since 0.1.0
 */
public record Reconnecting(NeffosClient client, int attempt, Duration delay, CloseReason lost,
		@Nullable Throwable failure) {
}
