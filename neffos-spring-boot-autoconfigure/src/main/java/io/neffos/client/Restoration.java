package io.neffos.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.NeffosException;
import io.neffos.client.Reconnected.Place;
import io.neffos.client.Reconnected.Refused;
import org.jspecify.annotations.Nullable;

/**
 * Connects and joins again, one after the other, what a lost connection had. Each step
 * has the timeout of an ask, so the whole ends. What is refused does not stop the rest.
 */
final class Restoration {

	private final Conn conn;

	private final List<Place> restored = new ArrayList<>();

	private final List<Refused> refused = new ArrayList<>();

	Restoration(Conn conn) {
		this.conn = conn;
	}

	/** Begin; the result never fails. */
	CompletableFuture<@Nullable Void> run(Session session) {
		CompletableFuture<@Nullable Void> chain = CompletableFuture.completedFuture(null);
		for (var entry : session.rooms().entrySet()) {
			chain = chain.thenCompose((done) -> namespace(entry.getKey(), entry.getValue()));
		}
		return chain;
	}

	private CompletableFuture<@Nullable Void> namespace(String namespace, List<String> rooms) {
		Place place = new Place(namespace, "");
		return this.conn.connectAsync(namespace)
			.handle((ns, failure) -> noted(place, failure) ? rooms(ns, rooms) : done())
			.thenCompose((rest) -> rest);
	}

	private CompletableFuture<@Nullable Void> rooms(NSConn ns, List<String> rooms) {
		CompletableFuture<@Nullable Void> chain = done();
		for (String room : rooms) {
			Place place = new Place(ns.namespace(), room);
			chain = chain.thenCompose((done) -> ns.joinRoomAsync(room).handle((joined, failure) -> {
				noted(place, failure);
				return null;
			}));
		}
		return chain;
	}

	private static CompletableFuture<@Nullable Void> done() {
		return CompletableFuture.completedFuture(null);
	}

	/** Steps follow each other, so that nobody else writes to the lists. */
	private boolean noted(Place place, @Nullable Throwable failure) {
		if (failure == null) {
			this.restored.add(place);
			return true;
		}
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		this.refused.add(new Refused(place, (cause instanceof NeffosException known) ? known
				: new NeffosException("Could not be restored", cause)));
		return false;
	}

	List<Place> restored() {
		return this.restored;
	}

	List<Refused> refused() {
		return this.refused;
	}

}
