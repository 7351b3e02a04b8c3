package io.neffos.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.neffos.Events;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.ReconnectPolicy;
import org.assertj.core.api.Assertions;

/** The Java clients of one scenario. */
final class ClientSession implements AutoCloseable {

	private final Peer peer;

	private final List<NeffosClient> clients = new ArrayList<>();

	ClientSession(Peer peer) {
		this.peer = peer;
	}

	Peer peer() {
		return this.peer;
	}

	/** A client that does not come back unless told to. */
	NeffosClient dial(Namespaces namespaces, UnaryOperator<NeffosClientBuilder> options) {
		NeffosClientBuilder builder = NeffosClient.builder()
			.uri(this.peer.url())
			.namespaces(namespaces)
			.reconnect(ReconnectPolicy.NEVER);
		Tls tls = this.peer.tls();
		if (tls != null) {
			builder.sslContext(tls.trusting());
		}
		NeffosClient client = options.apply(builder).dial();
		this.clients.add(client);
		return client;
	}

	/** A client in namespace lab, whose events go to the inbox. */
	Guest lab() {
		return lab(ClientSession::noHandlers);
	}

	/** As above, with more namespaces, not yet connected. */
	Guest lab(String... more) {
		return lab(ClientSession::noHandlers, UnaryOperator.identity(), more);
	}

	/** As above, with handlers. */
	Guest lab(Consumer<Events.Builder> handlers) {
		return lab(handlers, UnaryOperator.identity());
	}

	/** As above, with options of the client. */
	Guest lab(Consumer<Events.Builder> handlers, UnaryOperator<NeffosClientBuilder> options, String... more) {
		Inbox inbox = new Inbox();
		Namespaces.Builder namespaces = Namespaces.builder().namespace("lab", inbox.events(handlers));
		for (String namespace : more) {
			namespaces.namespace(namespace, inbox.events(ClientSession::noHandlers));
		}
		NeffosClient client = dial(namespaces.build(), options);
		NSConn ns = client.connect("lab");
		inbox.expect("NamespaceConnect+", "NamespaceConnected+");
		return new Guest(client, ns, inbox);
	}

	/** A client in one namespace, whose events go to the inbox. */
	Guest in(String namespace) {
		return in(namespace, UnaryOperator.identity());
	}

	/** As above, with options of the client. */
	Guest in(String namespace, UnaryOperator<NeffosClientBuilder> options) {
		Inbox inbox = new Inbox();
		NeffosClient client = dial(
				Namespaces.builder().namespace(namespace, inbox.events(ClientSession::noHandlers)).build(), options);
		return new Guest(client, client.connect(namespace), inbox);
	}

	/** A client with a name, in a room of namespace chat. */
	Guest visitor(String name, String room) {
		Guest guest = in("chat", (builder) -> builder.header("X-Visitor-Name", name));
		guest.ns().joinRoom(room);
		return guest;
	}

	static void noHandlers(Events.Builder events) {
	}

	static String unique(String prefix) {
		return prefix + "-%08x".formatted(ThreadLocalRandom.current().nextInt());
	}

	@Override
	public void close() {
		this.clients.forEach(NeffosClient::close);
	}

	/**
	 * A client, its connection in one namespace, and what it is told.
	 *
	 * @param client the client
	 * @param ns its connection within the namespace
	 * @param inbox its events
	 */
	record Guest(NeffosClient client, NSConn ns, Inbox inbox) {

		/** Joins, and takes the events of it. */
		Room join(String room) {
			Room joined = this.ns.joinRoom(room);
			this.inbox.expect("RoomJoin+ " + room, "RoomJoined+ " + room);
			return joined;
		}

		String ask(String event, String body) {
			return this.ns.ask(event, body).text();
		}

		/** Returns when everything that the server sent before has been handled. */
		void settle() {
			Assertions.assertThat(ask("echo", "what was sent before arrives before"))
				.isEqualTo("what was sent before arrives before");
		}

		/** Asserts which rooms are joined, on both sides. */
		void agree(String... rooms) {
			Assertions.assertThat(roomsOnClient()).containsExactlyInAnyOrder(rooms);
			Assertions.assertThat(roomsOnServer()).containsExactlyInAnyOrder(rooms);
		}

		List<String> roomsOnClient() {
			return current().rooms().stream().map(Room::name).toList();
		}

		List<String> roomsOnServer() {
			return Json.texts(current().ask("rooms", null).text());
		}

		/** This namespace of the connection in use. */
		NSConn current() {
			NSConn current = this.client.namespace(this.ns.namespace());
			Assertions.assertThat(current).isNotNull();
			return current;
		}

		/** Waits until exactly these are in the room. */
		void awaitPresence(String room, String... names) {
			List<String> present;
			do {
				present = Json.texts(this.inbox.text("presence", room), "members");
			}
			while (!List.of(names).equals(present.stream().sorted().toList()));
		}

	}

}
