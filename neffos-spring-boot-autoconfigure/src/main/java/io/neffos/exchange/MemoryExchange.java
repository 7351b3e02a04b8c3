package io.neffos.exchange;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * An exchange within one process: no broker, nothing that can fail. Exchanges of one
 * {@link Hub} reach each other, which makes several servers of one process one, as tests
 * want it; an exchange of its own reaches nobody. Messages are delivered by a thread that
 * publishes.
 *
 * @since 0.1.0
 */
public final class MemoryExchange implements StackExchange {

	private final Hub hub;

	private final Set<String> channels = ConcurrentHashMap.newKeySet();

	private volatile @Nullable SerialListener listener;

	/** Create an exchange that reaches nobody else. */
	public MemoryExchange() {
		this(new Hub());
	}

	/**
	 * Create an exchange.
	 * @param hub who it reaches
	 */
	public MemoryExchange(Hub hub) {
		this.hub = hub;
	}

	@Override
	public void start(ExchangeListener toTell) {
		SerialListener told = new SerialListener(toTell);
		this.listener = told;
		this.hub.exchanges.add(this);
		told.available();
	}

	@Override
	public CompletableFuture<@Nullable Void> subscribe(String channel) {
		if (!isAvailable()) {
			return CompletableFuture.failedFuture(new ExchangeException("The exchange is closed"));
		}
		this.channels.add(channel);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public void unsubscribe(String channel) {
		this.channels.remove(channel);
	}

	@Override
	public boolean publish(String channel, byte[] message) {
		return isAvailable() && this.hub.publish(channel, message);
	}

	private void take(String channel, byte[] message) {
		SerialListener told = this.listener;
		if (told != null && this.channels.contains(channel)) {
			told.received(channel, message);
		}
	}

	@Override
	public boolean isAvailable() {
		SerialListener told = this.listener;
		return told != null && told.isAvailable();
	}

	@Override
	public Map<String, Object> details() {
		return Map.of("type", "memory");
	}

	@Override
	public void close() {
		this.hub.exchanges.remove(this);
		SerialListener told = this.listener;
		if (told != null) {
			told.close();
		}
	}

	/**
	 * What exchanges of one process share.
	 *
	 * @since 0.1.0
	 */
	public static final class Hub {

		/** So many messages may wait for the thread that delivers. */
		private static final int LIMIT = 10_000;

		private final List<MemoryExchange> exchanges = new CopyOnWriteArrayList<>();

		private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

		private final AtomicInteger waiting = new AtomicInteger();

		/** Create a hub without exchanges. */
		public Hub() {
		}

		/**
		 * Deliver, or leave it to the thread that does so already: one order for all, as
		 * with a broker, and no lock while listeners run.
		 */
		private boolean publish(String channel, byte[] message) {
			if (this.waiting.get() >= LIMIT) {
				return false;
			}
			this.queue.add(() -> this.exchanges.forEach((exchange) -> exchange.take(channel, message)));
			if (this.waiting.getAndIncrement() > 0) {
				return true;
			}
			do {
				Runnable next = this.queue.poll();
				if (next != null) {
					next.run();
				}
			}
			while (this.waiting.decrementAndGet() > 0);
			return true;
		}

	}

}
