package io.neffos.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.function.ObjIntConsumer;

/**
 * This server, as the cluster sees it. Called by threads of the exchange and of the
 * timer, so that nothing in it blocks.
 *
 * @since 0.1.0
 */
public interface ClusterHost {

	/**
	 * Give a message of another server to the connections of this one.
	 * @param delivery the message and who is meant
	 */
	void deliver(Delivery delivery);

	/**
	 * Do what another server asks for.
	 * @param call what
	 * @return completes with what became of it; never fails by itself; is cancelled when
	 * nobody waits for the answer to an ask any more
	 */
	CompletableFuture<Outcome> serve(Call call);

	/**
	 * How many members a room has here.
	 * @param namespace the namespace
	 * @param room the room
	 * @return the count
	 */
	int roomSize(String namespace, String room);

	/**
	 * Name all rooms of a namespace here.
	 * @param namespace the namespace
	 * @param each is told the name and size of each
	 */
	void rooms(String namespace, ObjIntConsumer<String> each);

	/**
	 * How many connections there are here.
	 * @return the count
	 */
	int connections();

	/**
	 * How many connections are in a namespace here.
	 * @param namespace the namespace
	 * @return the count
	 */
	int connections(String namespace);

	/**
	 * A room came into being in the cluster, and this server is the one to say so.
	 * @param namespace the namespace
	 * @param room the room
	 */
	void roomCreated(String namespace, String room);

	/**
	 * A room ceased to exist in the cluster, and this server is the one to say so.
	 * @param namespace the namespace
	 * @param room the room
	 */
	void roomDestroyed(String namespace, String room);

}
