package io.neffos.client;

import java.util.List;

import io.neffos.Message;
import io.neffos.transport.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A client is closed for good.
 *
 * @param client the client
 * @param reason the code and text that ended its last connection
 * @param failure why the last attempt to come back failed, or {@code null} if the client
 * did not try
 * @param undelivered the messages that were kept and will not be sent
 * @since 0.1.0
 */
public record ClientClosed(NeffosClient client, CloseReason reason, @Nullable Throwable failure,
		List<Message> undelivered) {

	/**
	 * Canonical form with a copy of the list.
	 * @param client the client
	 * @param reason the code and text
	 * @param failure why the last attempt failed
	 * @param undelivered the messages that will not be sent
	 */
	public ClientClosed {
		undelivered = List.copyOf(undelivered);
	}

}
