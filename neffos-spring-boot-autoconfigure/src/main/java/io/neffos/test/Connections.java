package io.neffos.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.transport.CloseReason;

/** The connections of a tester and of its copies. */
final class Connections {

	/** A server that never falls silent is not waited for any longer. */
	private static final int MAX_ROUNDS = 20;

	private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

	private static final long POLL_NANOS = 500_000;

	private final List<Wire> wires = new CopyOnWriteArrayList<>();

	void add(Wire wire) {
		this.wires.add(wire);
	}

	/**
	 * Wait until the handlers of everything that was sent have run, and all they sent has
	 * arrived. One round shows that handlers have run. The next brings what they sent to
	 * connections that were asked before, and what this side answers to it by itself may
	 * cause more; so it takes two rounds in which nothing came.
	 */
	void settle() {
		int quiet = 0;
		for (int round = 0; round < MAX_ROUNDS && quiet < 2; round++) {
			long before = received();
			List<Answer> answers = new ArrayList<>();
			for (Wire wire : this.wires) {
				if (wire.isOpen()) {
					answers.add(wire.sync());
				}
			}
			answers.forEach(Answer::awaitUnlessClosed);
			quiet = (received() == before) ? quiet + 1 : 0;
		}
	}

	void expectEmpty() {
		this.wires.forEach(Wire::expectEmpty);
	}

	private long received() {
		return this.wires.stream().mapToLong(Wire::received).sum();
	}

	/**
	 * Close all, and wait a little until they are gone.
	 * @param link tells where to look; not asked when there is nothing to close
	 */
	void close(Supplier<Link> link) {
		List<Wire> all = List.copyOf(this.wires);
		this.wires.removeAll(all);
		Set<String> ids = new HashSet<>();
		for (Wire wire : all) {
			wire.close(new CloseReason(CloseReason.NORMAL, ""));
			ids.add(wire.id());
		}
		ids.remove("");
		NeffosServer server = ids.isEmpty() ? null : link.get().server();
		if (server != null) {
			awaitGone(server, ids);
		}
	}

	/** The server tells nobody when it has forgotten a connection, so it is asked. */
	private static void awaitGone(NeffosServer server, Set<String> ids) {
		long deadline = System.nanoTime() + CLOSE_PATIENCE.toNanos();
		while (isThere(server, ids) && System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	private static boolean isThere(NeffosServer server, Set<String> ids) {
		for (String id : ids) {
			if (server.connection(id) != null || (server instanceof DefaultNeffosServer ours && ours.isServing(id))) {
				return true;
			}
		}
		for (String namespace : server.namespaces()) {
			for (NSConn conn : server.connections(namespace)) {
				if (ids.contains(conn.conn().id())) {
					return true;
				}
			}
		}
		return false;
	}

}
