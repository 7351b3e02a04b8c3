package io.neffos.client;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.neffos.engine.Mailbox;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Tells the listeners of one client, in order and one at a time. */
final class Listeners {

	private static final Log logger = LogFactory.getLog(Listeners.class);

	private final List<NeffosClientListener> listeners;

	private final Mailbox mailbox;

	Listeners(List<NeffosClientListener> listeners, Executor executor) {
		this.listeners = listeners;
		// Events are few and their number is bounded by the attempts.
		this.mailbox = new Mailbox(executor, () -> {
		});
	}

	void tell(Consumer<NeffosClientListener> event) {
		run(() -> {
			for (NeffosClientListener listener : this.listeners) {
				try {
					event.accept(listener);
				}
				catch (Throwable ex) {
					logger.warn("A listener of a client failed: " + listener.getClass().getName(), ex);
				}
			}
		});
	}

	/** Run after what was told before. */
	void run(Runnable task) {
		this.mailbox.execute(() -> {
			task.run();
			return null;
		});
	}

}
