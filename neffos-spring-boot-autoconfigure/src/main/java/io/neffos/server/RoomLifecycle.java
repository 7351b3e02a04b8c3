package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.neffos.Events;
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
 * no more is queued than there are connections.
 */
final class RoomLifecycle {

	private static final Log logger = LogFactory.getLog(RoomLifecycle.class);

	private final Events events;

	private final @Nullable RoomEvents publisher;

	private final Mailbox mailbox;

	RoomLifecycle(Events events, @Nullable RoomEvents publisher, Executor executor) {
		this.events = events;
		this.publisher = publisher;
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
		return enqueue(room, listened, this.events.roomCreated(), new RoomCreated(room.namespace(), room.name()));
	}

	/** Queue, without running anything; {@link #run()} follows outside the lock. */
	@Nullable CompletableFuture<?> enqueueDestroyed(RoomInfo room, boolean listened) {
		return enqueue(room, listened, this.events.roomDestroyed(), new RoomDestroyed(room.namespace(), room.name()));
	}

	private @Nullable CompletableFuture<?> enqueue(RoomInfo room, boolean listened, List<RoomAction> actions,
			Object event) {
		if (actions.isEmpty() && !listened) {
			return null;
		}
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		this.mailbox.enqueue(() -> {
			tell(room, actions, listened ? event : null);
			done.complete(null);
			return null;
		});
		return done;
	}

	private void tell(RoomInfo room, List<RoomAction> actions, @Nullable Object event) {
		for (RoomAction action : actions) {
			try {
				action.handle(room);
			}
			catch (Throwable ex) {
				failed(room, ex);
			}
		}
		if (this.publisher != null && event != null) {
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
