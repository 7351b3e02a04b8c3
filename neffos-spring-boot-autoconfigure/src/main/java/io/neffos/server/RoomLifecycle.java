package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

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

	private final @Nullable Consumer<Object> publisher;

	private final Mailbox mailbox;

	RoomLifecycle(Events events, @Nullable Consumer<Object> publisher, Executor executor) {
		this.events = events;
		this.publisher = publisher;
		this.mailbox = new Mailbox(executor, () -> {
		});
	}

	/** Queue, without running anything; {@link #run()} follows outside the lock. */
	@Nullable CompletableFuture<?> enqueueCreated(RoomInfo room) {
		return enqueue(room, this.events.roomCreated(), new RoomCreated(room.namespace(), room.name()));
	}

	/** Queue, without running anything; {@link #run()} follows outside the lock. */
	@Nullable CompletableFuture<?> enqueueDestroyed(RoomInfo room) {
		return enqueue(room, this.events.roomDestroyed(), new RoomDestroyed(room.namespace(), room.name()));
	}

	private @Nullable CompletableFuture<?> enqueue(RoomInfo room, List<RoomAction> actions, Object event) {
		if (actions.isEmpty() && this.publisher == null) {
			return null;
		}
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		this.mailbox.enqueue(() -> {
			tell(room, actions, event);
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
				this.publisher.accept(event);
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
