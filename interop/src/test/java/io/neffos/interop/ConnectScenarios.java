package io.neffos.interop;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.neffos.BadNamespaceException;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.SystemEvents;
import io.neffos.client.NeffosClient;
import io.neffos.interop.ClientSession.Guest;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import org.junit.jupiter.api.Test;

import static io.neffos.interop.ClientSession.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Opening, namespaces, and the end of a connection. */
interface ConnectScenarios {

	ClientSession session();

	@Test
	default void connect() {
		Guest guest = session().in("lab");
		guest.inbox().expect("NamespaceConnect+", "NamespaceConnected+");
		assertThat(guest.ask("whoami", "")).isEqualTo(guest.client().conn().id());
		assertThat(guest.client().connect("lab")).isSameAs(guest.ns());
	}

	@Test
	default void connectSeveralNamespaces() {
		Guest guest = session().lab("stage", "default");
		NSConn stage = guest.client().connect("stage");
		guest.client().connect("default");
		assertThat(stage.ask("ping", null).text()).isEqualTo("pong");
		guest.settle();
		assertThat(guest.client().conn().namespaces()).extracting(NSConn::namespace)
			.containsExactly("lab", "stage", "default");
	}

	@Test
	default void deniedConnect() {
		Guest guest = session().lab("closed");
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> guest.client().connect("closed"))
			.withMessage("closed for today");
		guest.inbox().expect("NamespaceConnect+");
		assertThat(guest.client().namespace("closed")).isNull();
		guest.settle();
	}

	@Test
	default void undeclaredNamespace() {
		Guest guest = session().lab("nowhere");
		assertThatExceptionOfType(BadNamespaceException.class).isThrownBy(() -> guest.client().connect("nowhere"))
			.withMessage("bad namespace");
		assertThatExceptionOfType(BadNamespaceException.class).isThrownBy(() -> guest.client().connect("undeclared"));
		guest.settle();
	}

	@Test
	default void disconnect() {
		Guest guest = session().lab("stage");
		String room = unique("d");
		guest.join(room);
		guest.ns().disconnect();
		guest.inbox().expect("RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+");
		assertThat(guest.ns().emit("shout", "x")).isFalse();
		assertThat(guest.client().connect("stage").ask("ping", null).text()).isEqualTo("pong");
		guest.client().connect("lab");
		guest.agree();
	}

	@Test
	default void disconnectAll() {
		Guest guest = session().lab("stage", "default");
		guest.client().connect("stage");
		guest.client().connect("default");
		guest.inbox().drain();
		guest.client().conn().disconnectAll();
		guest.inbox().expect("NamespaceDisconnect+", "NamespaceDisconnect+", "NamespaceDisconnect+");
		assertThat(guest.client().conn().namespaces()).isEmpty();
		guest.client().connect("lab");
		guest.agree();
	}

	@Test
	default void closeByTheClient() {
		String room = unique("c");
		Guest watcher = session().visitor("ann", room);
		Guest leaver = session().visitor("bob", room);
		watcher.awaitPresence(room, "ann", "bob");
		leaver.client().close();
		closed(leaver);
		assertThat(leaver.inbox().drain().stream().filter((entry) -> entry.contains("!")))
			.containsExactly("RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!");
		watcher.awaitPresence(room, "ann");
	}

	@Test
	default void header() {
		Guest guest = session().in("lab", (builder) -> builder.header("X-Visitor-Name", "ann"));
		assertThat(guest.ask("name", "")).isEqualTo("ann");
	}

	@Test
	default void urlHeaderParameter() {
		String uri = session().peer().url() + "?X-Websocket-Header-X-Visitor-Name="
				+ URLEncoder.encode("Zoë Smith", StandardCharsets.UTF_8);
		Guest guest = session().in("lab", (builder) -> builder.uri(uri));
		assertThat(guest.ask("name", "")).isEqualTo("Zoë Smith");
	}

	@Test
	default void subprotocol() {
		Guest guest = session().in("lab", (builder) -> builder.subprotocols("other", "neffos.v1"));
		assertThat(guest.client().conn().handshake().subprotocol()).isEqualTo("neffos.v1");
		guest.settle();
	}

	@Test
	default void refusedHandshake() {
		assertThatExceptionOfType(NeffosException.class)
			.isThrownBy(() -> session().in("lab", (builder) -> builder.header("Origin", "https://elsewhere.example")))
			.satisfies((ex) -> assertThat(ex.getCause()).isInstanceOfSatisfying(DialException.class,
					(cause) -> assertThat(cause.status()).isEqualTo(403)));
	}

	@Test
	default void connectByTheServer() {
		Guest guest = session().lab("stage");
		CompletableFuture<NSConn> waiting = guest.client().conn().waitConnectAsync("stage", Inbox.LIMIT);
		guest.ns().emit("summon", "stage");
		assertThat(guest.inbox().text("summoned", "")).isEqualTo("stage");
		guest.inbox().expect("NamespaceConnect", "NamespaceConnected");
		NSConn stage = guest.client().waitConnect("stage", Inbox.LIMIT);
		assertThat(waiting).succeedsWithin(Inbox.LIMIT).isSameAs(stage);
		assertThat(stage.ask("ping", null).text()).isEqualTo("pong");
	}

	@Test
	default void connectByTheServerThatTheClientRefuses() {
		Inbox inbox = new Inbox();
		NeffosClient client = session().dial(Namespaces.builder()
			.namespace("lab", inbox.events(ClientSession::noHandlers))
			.namespace("stage", (events) -> events.on(SystemEvents.NAMESPACE_CONNECT, (ns, message) -> {
				throw new RefusedException("not now");
			}))
			.build(), UnaryOperator.identity());
		Guest guest = new Guest(client, client.connect("lab"), inbox);
		guest.ns().emit("summon", "stage");
		assertThat(inbox.text("summon-failed", "")).isEqualTo("not now");
		assertThat(client.namespace("stage")).isNull();
		guest.settle();
	}

	@Test
	default void connectByTheServerToNamespaceThatTheClientDoesNotHave() {
		Guest guest = session().lab();
		guest.ns().emit("summon", "stage");
		assertThat(guest.inbox().text("summon-failed", "")).isEqualTo("bad namespace");
		guest.settle();
	}

	@Test
	default void disconnectByTheServer() {
		Guest guest = session().lab("stage");
		String room = unique("r");
		guest.client().connect("stage").joinRoom(room);
		guest.inbox().drain();
		guest.ns().emit("dismiss", "stage");
		assertThat(guest.inbox().text("dismissed", "")).isEqualTo("stage");
		guest.inbox().expect("RoomLeave! " + room, "RoomLeft! " + room, "NamespaceDisconnect");
		assertThat(guest.client().connect("stage").ask("ping", null).text()).isEqualTo("pong");
	}

	@Test
	default void forcedCloseByTheServer() {
		Guest guest = session().lab();
		String room = unique("r");
		guest.join(room);
		CompletableFuture<?> pending = guest.ns().askAsync("silent", null);
		guest.ns().emit("kick", null);
		CloseReason reason = closed(guest);
		guest.inbox().expect("RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!");
		assertThat(reason.code()).isEqualTo(Difference.CLOSE_WITHOUT_FRAME.shownBy(session().peer()) ? 1006 : 4001);
		assertThat(pending).failsWithin(Duration.ZERO);
	}

	private static CloseReason closed(Guest guest) {
		return guest.client().closed().orTimeout(Inbox.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
	}

}
