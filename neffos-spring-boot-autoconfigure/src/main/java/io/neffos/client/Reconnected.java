package io.neffos.client;

import java.util.List;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.NeffosException;

/**
 * A client is back.
 *
 * @param client the client
 * @param conn the new connection
 * @param attempts how many attempts it took
 * @param restored the namespaces and rooms that are connected and joined again, in order
 * @param refused the namespaces and rooms that are not
 * @param undelivered the messages that were kept meanwhile and could not be sent, because
 * their namespace or room is not there any more
 * @since 0.1.0
 */
public record Reconnected(NeffosClient client, Conn conn, int attempts, List<Place> restored, List<Refused> refused,
		List<Message> undelivered) {

	/**
	 * Canonical form with copies of the lists.
	 * @param client the client
	 * @param conn the new connection
	 * @param attempts how many attempts it took
	 * @param restored what was restored
	 * @param refused what was not
	 * @param undelivered the messages that could not be sent
	 */
	public Reconnected {
		restored = List.copyOf(restored);
		refused = List.copyOf(refused);
		undelivered = List.copyOf(undelivered);
	}

	/**
	 * A namespace, or a room in it.
	 *
	 * @param namespace the namespace
	 * @param room the room; empty for the namespace itself
	 * @since 0.1.0
	 */
	public record Place(String namespace, String room) {
	}

	/**
	 * A namespace or room that could not be restored. The rooms of such a namespace are
	 * not listed besides.
	 *
	 * @param place what it was
	 * @param reason why, as the connect or join threw it
	 * @since 0.1.0
	 */
	public record Refused(Place place, NeffosException reason) {
	}

}
