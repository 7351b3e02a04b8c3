package io.neffos.autoconfigure.soak;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.WriteClosedException;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.NeffosClientListener;
import io.neffos.client.Reconnected;
import org.jspecify.annotations.Nullable;

/** One client of the fleet, which does something at random, again and again. */
final class Sailor implements NeffosClientListener {

	private static final int LONGEST_PAUSE = 400;

	private final Fleet fleet;

	private final NeffosServer server;

	private final NeffosClientBuilder builder;

	private final Random random;

	/** The last number heard in each room that is joined. */
	private final Map<String, Long> ticks = new ConcurrentHashMap<>();

	private volatile CompletableFuture<NeffosClient> client = new CompletableFuture<>();

	private volatile boolean ended;

	private int asked;

	Sailor(Fleet fleet, NeffosClientBuilder builder, NeffosServer server, int number) {
		this.fleet = fleet;
		this.server = server;
		this.random = new Random(number);
		this.builder = builder.listener(this)
			.namespaces(Namespaces.builder().namespace("deck", this::deck).namespace("hold", (events) -> {
			}).build());
	}

	private void deck(Events.Builder events) {
		events.on("tick", this::tick)
			.onAsk("echo", (ns, msg) -> msg.text())
			.on(SystemEvents.ROOM_JOINED, (ns, msg) -> this.ticks.remove(msg.room()))
			.on(SystemEvents.ROOM_LEFT, (ns, msg) -> this.ticks.remove(msg.room()));
	}

	private void tick(NSConn ns, Message message) {
		long number = Long.parseLong(message.text());
		this.fleet.did("heard a tick", 1);
		if (ns.room(message.room()) == null) {
			// Sent before the server heard that this client has left.
			return;
		}
		Long last = this.ticks.put(message.room(), number);
		if (last != null && number != last + 1) {
			this.fleet
				.mistake("after tick " + last + " of " + message.room() + " came " + number + " on " + ns.conn().id());
		}
	}

	void begin() {
		dial().whenComplete((dialled, failure) -> again());
	}

	private CompletableFuture<NeffosClient> dial() {
		this.client = this.builder.dialAsync();
		this.client.whenComplete((dialled, failure) -> {
			if (failure != null) {
				this.fleet.mistake("dial: " + failure);
			}
			else if (this.ended) {
				dialled.close();
			}
		});
		return this.client;
	}

	private void again() {
		if (!this.ended) {
			this.fleet.soon(this::step, 1 + this.random.nextInt(LONGEST_PAUSE));
		}
	}

	private void step() {
		try {
			NeffosClient dialled = this.client.getNow(null);
			act((dialled != null) ? dialled : this.client.join()).whenComplete((value, failure) -> {
				check(failure);
				again();
			});
		}
		catch (RejectedExecutionException ex) {
			// The fleet is about to end.
		}
		catch (RuntimeException ex) {
			check(ex);
			again();
		}
	}

	private CompletableFuture<?> act(NeffosClient dialled) {
		Conn conn = dialled.conn();
		NSConn deck = conn.namespace("deck");
		if (deck == null) {
			return noted("connected", conn.connectAsync("deck"));
		}
		List<Room> rooms = deck.rooms();
		int dice = this.random.nextInt(100);
		if (dice < 30) {
			return noted("joined", deck.joinRoomAsync(Fleet.room(this.random.nextInt(Fleet.ROOMS))));
		}
		if (dice < 33) {
			return noted("knocked", deck.joinRoomAsync("locked-" + dice));
		}
		if (dice < 48 && !rooms.isEmpty()) {
			return noted("left", rooms.get(this.random.nextInt(rooms.size())).leaveAsync());
		}
		if (dice < 50) {
			return noted("left all", deck.leaveAllAsync());
		}
		if (dice < 70) {
			return ask(deck, new String[] { "echo", "later", "back" }[this.random.nextInt(3)]);
		}
		if (dice < 75) {
			return told("was invited", deck.emit("invite", Fleet.room(this.random.nextInt(Fleet.ROOMS))));
		}
		if (dice < 78) {
			return told("was evicted", deck.emit("evict", null));
		}
		if (dice < 84) {
			return hold(conn);
		}
		if (dice < 88) {
			return noted("was asked", this.server.namespace("deck").to(conn.id()).askAsync("echo", "server"));
		}
		if (dice < 92) {
			return told("was dropped", dialled.emit("deck", "drop", null));
		}
		if (dice < 94) {
			dialled.close();
			this.fleet.did("closed", 1);
			return dialled.closed().thenCompose((reason) -> this.ended ? this.client : dial());
		}
		return told("kept or sent", dialled.emit("hold", "note", "x"));
	}

	private CompletableFuture<?> hold(Conn conn) {
		NSConn hold = conn.namespace("hold");
		if (hold == null) {
			return noted("connected", conn.connectAsync("hold"));
		}
		if (hold.rooms().isEmpty()) {
			return noted("joined", hold.joinRoomAsync("below"));
		}
		return this.random.nextBoolean() ? told("relayed", hold.rooms().get(0).emit("note", "y"))
				: noted("disconnected", hold.disconnectAsync());
	}

	private CompletableFuture<?> ask(NSConn deck, String event) {
		String question = "question " + this.random.nextInt() + " " + this.asked++;
		return noted("asked", deck.askAsync(event, question).thenAccept((answer) -> {
			if (!answer.text().equals(question)) {
				this.fleet.mistake("asked " + question + ", answered " + answer.text());
			}
		}));
	}

	private CompletableFuture<?> noted(String what, CompletableFuture<?> future) {
		return future.thenRun(() -> this.fleet.did(what, 1));
	}

	private CompletableFuture<?> told(String what, boolean sent) {
		this.fleet.did(sent ? what : "was refused to send", 1);
		return CompletableFuture.completedFuture(null);
	}

	/** Whether a failure is one of those that must happen here. */
	private void check(@Nullable Throwable failure) {
		Throwable cause = (failure instanceof CompletionException) ? failure.getCause() : failure;
		if (cause == null || this.ended) {
			return;
		}
		if (cause instanceof WriteClosedException || cause instanceof BadNamespaceException
				|| cause instanceof BadRoomException
				|| (cause instanceof RefusedException && "locked".equals(cause.getMessage()))) {
			this.fleet.did("failed with " + cause.getClass().getSimpleName(), 1);
			return;
		}
		this.fleet.mistake(cause.toString());
	}

	@Override
	public void onReconnected(Reconnected event) {
		this.fleet.did("came back", 1);
		event.refused().forEach((refused) -> {
			if (!(refused.reason() instanceof WriteClosedException)) {
				this.fleet.mistake("not restored: " + refused);
			}
		});
	}

	/** Close for good. */
	CompletableFuture<?> end() {
		this.ended = true;
		return this.client.handle((dialled, failure) -> {
			if (dialled == null) {
				return CompletableFuture.<Object>completedFuture(null);
			}
			dialled.close();
			return dialled.closed();
		}).thenCompose((closed) -> closed);
	}

}
