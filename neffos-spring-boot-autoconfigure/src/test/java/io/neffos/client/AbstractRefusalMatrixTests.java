package io.neffos.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.Stream;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.client.RefusalMatrix.Row;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.Leftovers;
import io.neffos.testkit.Tap;
import io.neffos.transport.Dialer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every way to connect, join, leave and disconnect, between a server and a client of this
 * library: what the asker is told, which messages are sent, which events fire on each
 * side in which order, and what is left.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AbstractRefusalMatrixTests {

	/** Answered where it arrives, in turn: what was said before has been handled. */
	private static final String SYNC = "sync";

	private static final Map<String, String> DECIDING = Map.of("connect", "_OnNamespaceConnect", "join", "_OnRoomJoin",
			"leave", "_OnRoomLeave", "disconnect", "_OnNamespaceDisconnect");

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private volatile EventLog onClient = new EventLog();

	private volatile EventLog onServer = new EventLog();

	/** What the handlers of a side refuse: the side and the event. */
	private volatile String refused = "";

	private NeffosServer server;

	private Tap tap;

	/**
	 * Start a server with these namespaces, without a gap after the reply to a connect.
	 */
	protected abstract NeffosServer start(Namespaces namespaces);

	/** What opens sockets to the server. */
	protected abstract Dialer dialer();

	/** The address of the server. */
	protected abstract String uri();

	/** How many timeouts wait on the server. */
	protected abstract int serverTimers();

	/**
	 * What the server writes, from now on, added to its journal.
	 * @return {@code false} if that cannot be seen
	 */
	protected abstract boolean logServerWrites(EventLog journal);

	protected abstract void stop();

	@BeforeAll
	void begin() {
		this.timer.setRemoveOnCancelPolicy(true);
		this.server = start(namespaces("server"));
		this.tap = new Tap(dialer());
	}

	@AfterAll
	void end() {
		stop();
		this.threads.shutdownNow();
		this.timer.shutdownNow();
	}

	private Namespaces namespaces(String side) {
		return Namespaces.builder()
			.namespace("chat", (events) -> DECIDING.values().forEach((event) -> logged(events, side, event)))
			.namespace(SYNC, (events) -> events.onAsk(SYNC, (ns, msg) -> ""))
			.build();
	}

	private void logged(Events.Builder events, String side, String event) {
		events.on(event, (ns, msg) -> {
			journal(side).event(ns, msg);
			if (this.refused.equals(side + event)) {
				throw new RefusedException("not " + (msg.isLocal() ? "here" : "there"));
			}
		});
		String past = switch (event) {
			case "_OnNamespaceConnect" -> "_OnNamespaceConnected";
			case "_OnRoomJoin" -> "_OnRoomJoined";
			default -> "_OnRoomLeft";
		};
		if (!event.equals("_OnNamespaceDisconnect")) {
			events.on(past, (ns, msg) -> journal(side).event(ns, msg));
		}
	}

	private EventLog journal(String side) {
		return side.equals("client") ? this.onClient : this.onServer;
	}

	static Stream<Row> rows() {
		return RefusalMatrix.rows().stream();
	}

	@Test
	void tableHoldsEveryCaseOnce() {
		Set<String> cases = new HashSet<>();
		for (Row row : RefusalMatrix.rows()) {
			assertThat(cases.add(row.toString())).as(row.toString()).isTrue();
		}
		assertThat(cases).hasSize(4 * 2 * 3 * 4);
	}

	@ParameterizedTest
	@MethodSource("rows")
	void pinned(Row row) {
		this.onClient = new EventLog();
		this.onServer = new EventLog();
		NeffosClient client = NeffosClient.builder()
			.uri(uri())
			.dialer(this.tap)
			.handlers(this.threads)
			.timer(this.timer)
			.namespaces(namespaces("client"))
			.dial();
		try {
			check(row, client.conn(), serverConn(client));
		}
		finally {
			this.refused = "";
			client.close();
			client.closed().join();
		}
		soon(() -> this.server.connectionCount() == 0 && this.server.connections(SYNC).isEmpty()
				&& this.server.connections("chat").isEmpty() && this.server.rooms("chat").isEmpty());
	}

	private Conn serverConn(NeffosClient client) {
		Conn conn = this.server.connection(client.conn().id());
		assertThat(conn).isNotNull();
		return conn;
	}

	private void check(Row row, Conn clientSide, Conn serverSide) {
		clientSide.connect(SYNC);
		Handles handles = prepare(row, clientSide, serverSide);
		synchronize(clientSide, serverSide);
		this.onClient.clear();
		this.onServer.clear();
		this.tap.listener(this.onClient::add);
		boolean sees = logServerWrites(this.onServer);
		this.refused = row.refuser().equals("nobody") ? ""
				: (row.refuser().equals("here") == row.byClient() ? "client" : "server") + DECIDING.get(row.what());

		String result = ask(row, row.byClient() ? clientSide : serverSide, handles);

		synchronize(clientSide, serverSide);
		synchronize(clientSide, serverSide);
		assertThat(readable(this.onClient)).as("journal of the client").isEqualTo(row.client());
		assertThat(readable(this.onServer)).as("journal of the server")
			.isEqualTo(row.server().stream().filter((line) -> sees || !line.startsWith("<-- ")).toList());
		assertThat(result).isEqualTo(row.result());
		assertThat(state(clientSide)).as("on the client").isEqualTo(row.onClient());
		assertThat(state(serverSide)).as("on the server").isEqualTo(row.onServer());
		checkIndex(row.onServer(), serverSide);
		Leftovers.none(clientSide);
		Leftovers.none(serverSide);
		soon(() -> serverTimers() == 0 && this.timer.getQueue().isEmpty());
	}

	/** For less long than a timeout would take to end by itself. */
	private static void soon(Callable<Boolean> condition) {
		await().pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(2))
			.atMost(Duration.ofSeconds(5))
			.until(condition);
	}

	private void checkIndex(String expected, Conn serverSide) {
		assertThat(this.server.connections("chat")).extracting(NSConn::conn)
			.isEqualTo(expected.equals("-") ? List.of() : List.of(serverSide));
		assertThat(this.server.rooms("chat")).hasSize(expected.contains("[") ? 1 : 0).allSatisfy((room) -> {
			assertThat(room.name()).isEqualTo("lobby");
			assertThat(room.members()).extracting(NSConn::conn).containsExactly(serverSide);
		});
	}

	/** Everything both sides have said so far is handled when this returns. */
	private static void synchronize(Conn clientSide, Conn serverSide) {
		clientSide.ask(Message.of(SYNC).namespace(SYNC));
		serverSide.ask(Message.of(SYNC).namespace(SYNC));
		clientSide.ask(Message.of(SYNC).namespace(SYNC));
	}

	/** Bring about what is there before. */
	private Handles prepare(Row row, Conn clientSide, Conn serverSide) {
		this.tap.listener((frame) -> {
		});
		this.tap.swallow((frame) -> frame.startsWith("--> 1x;") || frame.startsWith("<-- $x;"));
		logServerWrites(new EventLog());
		Conn asker = row.byClient() ? clientSide : serverSide;
		boolean never = row.present().equals("neither");
		NSConn ns = null;
		Room room = null;
		if (!row.what().equals("connect") || !never) {
			clientSide.connect("chat");
			if (!row.what().equals("connect") && !(row.what().equals("join") && never)) {
				clientSide.namespace("chat").joinRoom("lobby");
			}
			synchronize(clientSide, serverSide);
			ns = asker.namespace("chat");
			assertThat(ns).isNotNull();
			room = ns.room("lobby");
		}
		if (ns != null) {
			lose(row, row.byClient(), true);
			lose(row, !row.byClient(), false);
		}
		return new Handles(ns, room);
	}

	/** Make one side lose what is not to be there, without the other's knowledge. */
	private void lose(Row row, boolean onTheClient, boolean withAsker) {
		if (!row.isPresent(withAsker)) {
			boolean room = row.what().equals("join") || row.what().equals("leave");
			this.tap.inject((onTheClient ? "<-- 1x;chat;" : "--> $x;chat;")
					+ (room ? "lobby;_OnRoomLeave;0;0;" : ";_OnNamespaceDisconnect;0;0;"));
		}
	}

	private static String ask(Row row, Conn asker, Handles handles) {
		NSConn ns = handles.ns;
		Room room = handles.room;
		try {
			switch (row.what()) {
				case "connect" -> {
					NSConn connected = asker.connect("chat");
					assertThat(connected).isSameAs(asker.namespace("chat"));
					if (row.isPresent(true)) {
						assertThat(connected).isSameAs(ns);
					}
				}
				case "join" -> {
					assertThat(ns).isNotNull();
					Room joined = ns.joinRoom("lobby");
					assertThat(joined).isSameAs(ns.room("lobby"));
					if (row.isPresent(true)) {
						assertThat(joined).isSameAs(room);
					}
				}
				case "leave" -> {
					assertThat(room).isNotNull();
					room.leave();
				}
				default -> {
					assertThat(ns).isNotNull();
					ns.disconnect();
				}
			}
			return "ok";
		}
		catch (NeffosException ex) {
			return ex.getClass().getSimpleName() + ": " + ex.getMessage();
		}
	}

	private static String state(Conn conn) {
		NSConn ns = conn.namespace("chat");
		return (ns == null) ? "-" : "chat" + (ns.rooms().isEmpty() ? "" : ns.rooms().stream().map(Room::name).toList());
	}

	/** Without what synchronizes, and with tokens counted from 1. */
	private static List<String> readable(EventLog journal) {
		Map<String, String> tokens = new LinkedHashMap<>();
		List<String> lines = new ArrayList<>();
		for (String line : journal.lines()) {
			if (line.contains(";" + SYNC + ";")) {
				continue;
			}
			if (!line.startsWith("-->") && !line.startsWith("<--")) {
				lines.add(line);
				continue;
			}
			String token = line.substring(4, line.indexOf(';'));
			String known = tokens.computeIfAbsent(token,
					(key) -> (key.startsWith("$") ? "$" : "S") + (tokens.size() + 1));
			lines.add(line.substring(0, 4) + known + line.substring(line.indexOf(';')));
		}
		return lines;
	}

	private record Handles(@Nullable NSConn ns, @Nullable Room room) {
	}

}
