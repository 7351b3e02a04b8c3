package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.neffos.Events;
import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.RoomAction;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.RoomInfo;
import io.neffos.engine.Mailbox;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tells handlers and the application that rooms of one namespace came and went: in the
 * order in which they did, one at a time. As each join or leave waits for what it caused,
 * no more is queued than there are connections, and what a digest brings.
 * <p>
 * A server alone is its whole cluster, so that what happens here has happened in the
 * cluster. With others, the cluster says by itself what happens there.
 */
final class RoomLifecycle {

	private static final Log logger = LogFactory.getLog(RoomLifecycle.class);

	private final Events events;

	private final @Nullable RoomEvents publisher;

	private final boolean alone;

	private final Mailbox mailbox;

	RoomLifecycle(Events events, @Nullable RoomEvents publisher, boolean alone, Executor executor) {
		this.events = events;
		this.publisher = publisher;
		this.alone = alone;
		this.mailbox = new Mailbox(executor, () -> {
		});
	}

	/**
	 * Whether the application wants to know. Not under a lock, as listeners are asked.
	 */
	boolean isListenedTo() {
		return this.publisher != null && this.publisher.hasListeners();
	}

	/** Queue, without running anything; {@link #run()} follows outside the lock. */
	@Nullable CompletableFuture<?> enqueueCreated(RoomInfo room, boolean listened) {
		boolean wanted = listened || !this.events.localRoomCreated().isEmpty()
				|| (this.alone && !this.events.roomCreated().isEmpty());
		return wanted ? enqueue(() -> {
			tell(room, this.events.localRoomCreated(), new LocalRoomCreated(room.namespace(), room.name()));
			if (this.alone) {
				created(room);
			}
		}) : null;
	}

	/** Queue, without running anything; {@link #run()} follows outside the lock. */
	@Nullable CompletableFuture<?> enqueueDestroyed(RoomInfo room, boolean listened) {
		boolean wanted = listened || !this.events.localRoomDestroyed().isEmpty()
				|| (this.alone && !this.events.roomDestroyed().isEmpty());
		return wanted ? enqueue(() -> {
			tell(room, this.events.localRoomDestroyed(), new LocalRoomDestroyed(room.namespace(), room.name()));
			if (this.alone) {
				destroyed(room);
			}
		}) : null;
	}

	/** A room came or went in the cluster, and this server is to tell. */
	void cluster(RoomInfo room, boolean created) {
		enqueue(() -> {
			if (created) {
				created(room);
			}
			else {
				destroyed(room);
			}
		});
		run();
	}

	private void created(RoomInfo room) {
		tell(room, this.events.roomCreated(), new RoomCreated(room.namespace(), room.name()));
	}

	private void destroyed(RoomInfo room) {
		tell(room, this.events.roomDestroyed(), new RoomDestroyed(room.namespace(), room.name()));
	}

	private CompletableFuture<?> enqueue(Runnable telling) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		this.mailbox.enqueue(() -> {
			telling.run();
			done.complete(null);
			return null;
		});
		return done;
	}

	private void tell(RoomInfo room, List<RoomAction> actions, Object event) {
		for (RoomAction action : actions) {
			try {
				action.handle(room);
			}
			catch (Throwable ex) {
				failed(room, ex);
			}
		}
		if (this.publisher != null) {
			try {
				this.publisher.publish(event);
			}
			catch (Throwable ex) {
				failed(room, ex);
			}
		}
	}

	private static void failed(RoomInfo room, Throwable ex) {
		logger.warn("Handler of a room's life failed [namespace=" + room.namespace() + ", room=" + room.name() + "]",
				ex);
	}

	/** Run what is queued. */
	void run() {
		this.mailbox.wake();
	}

}
