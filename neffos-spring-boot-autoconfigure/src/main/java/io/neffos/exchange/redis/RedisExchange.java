package io.neffos.exchange.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.ExchangeListener;
import io.neffos.exchange.SerialListener;
import io.neffos.exchange.StackExchange;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * An exchange over the publish and subscribe of Redis, with the client that an
 * application has anyway: two connections of its own, whatever the number of channels,
 * and with Redis Cluster two connections to one of its nodes.
 * <p>
 * <b>At most once, in time.</b> What was published and not answered when a connection
 * ends is given up and told to {@link ExchangeListener#lost}; nothing is sent again or
 * later. Some of it may have arrived nevertheless. While Redis stands still without
 * ending its connections, messages are taken until the buffer is full, and arrive when it
 * goes on.
 * <p>
 * <b>Threads.</b> The listener is called by a thread of Lettuce with what arrives, and by
 * the exchange's own with everything else. Nothing is queued in between: a listener that
 * is slow holds back Redis by the connection, which ends when Redis has had to keep too
 * much for it ({@code client-output-buffer-limit pubsub} in its configuration).
 *
 * @since 0.1.0
 */
public final class RedisExchange implements StackExchange {

	private static final Log logger = LogFactory.getLog(RedisExchange.class);

	private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

	private final RedisAccess redis;

	private final RedisExchangeSettings settings;

	private final ScheduledExecutorService thread;

	private final Subscriptions subscriptions;

	private final AtomicBoolean synchronizing = new AtomicBoolean();

	private final AtomicBoolean closed = new AtomicBoolean();

	private final AtomicInteger lost = new AtomicInteger();

	private volatile @Nullable SerialListener listener;

	private volatile @Nullable RedisLink link;

	private final AtomicInteger links = new AtomicInteger();

	private volatile String version = "unknown";

	private Duration pause = SHORTEST_PAUSE;

	/**
	 * Create an exchange, not started.
	 * @param factory the application's way to Redis, which must be Lettuce
	 * @param settings how it behaves
	 * @param thread one thread of its own, which the exchange shuts down when closed; it
	 * connects, which may block it, and writes
	 * @throws ExchangeException if the factory is not one of Lettuce
	 */
	public RedisExchange(RedisConnectionFactory factory, RedisExchangeSettings settings,
			ScheduledExecutorService thread) {
		this.redis = RedisAccess.of(factory);
		this.settings = settings;
		this.thread = thread;
		this.subscriptions = new Subscriptions(settings.subscribeTimeout());
	}

	@Override
	public void start(ExchangeListener toTell) {
		this.listener = new SerialListener(toTell);
		Future<?> first = this.thread.submit(this.settings.waitForBroker() ? this::connectOrRetry : this::connect);
		try {
			if (this.settings.waitForBroker()) {
				first.get(this.settings.subscribeTimeout().toMillis(), TimeUnit.MILLISECONDS);
			}
			else {
				first.get();
			}
		}
		catch (TimeoutException ex) {
			logger.debug("Redis does not answer yet, the start goes on");
		}
		catch (ExecutionException ex) {
			close();
			throw unreachable((ex.getCause() != null) ? ex.getCause() : ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			close();
			throw new ExchangeException("Interrupted while connecting to Redis at " + this.redis.address(), ex);
		}
		long period = Math.min(this.settings.subscribeTimeout().toMillis(), this.settings.silence().toMillis()) / 4;
		this.thread.scheduleWithFixedDelay(this::tick, period, Math.max(period, 1), TimeUnit.MILLISECONDS);
	}

	private static ExchangeException unreachable(Throwable cause) {
		String what = (cause instanceof ExchangeException) ? cause.getMessage() : cause.toString();
		return new ExchangeException(what + ". Is it running there, and are the properties spring.data.redis.* right? "
				+ "With neffos.exchange.start=wait the start goes on without it", cause);
	}

	@Override
	public CompletableFuture<@Nullable Void> subscribe(String channel) {
		if (this.closed.get()) {
			return CompletableFuture.failedFuture(new ExchangeException("The exchange is closed"));
		}
		CompletableFuture<@Nullable Void> result = this.subscriptions.want(channel);
		synchronizeSoon();
		return result;
	}

	@Override
	public void unsubscribe(String channel) {
		this.subscriptions.unwant(channel);
		synchronizeSoon();
	}

	@Override
	public boolean publish(String channel, byte[] message) {
		RedisLink current = this.link;
		if (current == null || !isAvailable()) {
			return false;
		}
		return switch (current.queue().offer(channel, message)) {
			case REFUSED -> false;
			case TAKEN -> true;
			case TAKEN_AND_TO_BE_FLUSHED -> {
				// By one thread always: a thread of Lettuce that publishes would overtake
				// what other threads have handed to it.
				execute(current::flush);
				yield true;
			}
		};
	}

	@Override
	public boolean isAvailable() {
		SerialListener told = this.listener;
		return told != null && told.isAvailable() && !this.closed.get();
	}

	@Override
	public Map<String, Object> details() {
		RedisLink current = this.link;
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", "redis");
		details.put("mode", this.redis.mode());
		details.put("address", this.redis.address());
		details.put("version", this.version);
		details.put("connections", (current != null) ? 2 : 0);
		details.put("channels", this.subscriptions.size());
		details.put("unansweredBytes", (current != null) ? current.queue().bytes() : 0L);
		details.put("reconnects", Math.max(0, this.links.get() - 1));
		return details;
	}

	/** Both connections, or none. */
	private void connect() {
		StatefulRedisPubSubConnection<byte[], byte[]> subscriber = this.redis.connect();
		StatefulRedisPubSubConnection<byte[], byte[]> publisher;
		try {
			publisher = this.redis.connect();
		}
		catch (ExchangeException ex) {
			subscriber.closeAsync();
			throw ex;
		}
		PublishQueue queue = new PublishQueue(this.settings.publishBuffer(), this::refused);
		RedisLink next = new RedisLink(subscriber, publisher, queue, this.subscriptions, new LinkOwner());
		this.pause = SHORTEST_PAUSE;
		this.subscriptions.connected();
		this.link = next;
		this.links.incrementAndGet();
		next.open();
		next.askVersion((text) -> this.version = text);
		if (this.closed.get()) {
			next.close(Duration.ZERO);
			return;
		}
		synchronize();
	}

	private void connectOrRetry() {
		if (this.closed.get()) {
			return;
		}
		try {
			connect();
		}
		catch (RuntimeException ex) {
			logger.debug("Redis is not reached", ex);
			told().unavailable(RedisAccess.reason(ex));
			retryLater();
		}
	}

	/** At random within limits: after an outage all servers come at once. */
	private void retryLater() {
		long millis = this.pause.toMillis();
		Duration longer = this.pause.multipliedBy(2);
		this.pause = (longer.compareTo(LONGEST_PAUSE) < 0) ? longer : LONGEST_PAUSE;
		try {
			this.thread.schedule(this::connectOrRetry, millis / 2 + ThreadLocalRandom.current().nextLong(millis),
					TimeUnit.MILLISECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed while Redis was away");
		}
	}

	private void synchronizeSoon() {
		if (this.link != null && this.synchronizing.compareAndSet(false, true)) {
			execute(this::synchronize);
		}
	}

	private void synchronize() {
		this.synchronizing.set(false);
		RedisLink current = this.link;
		if (current != null) {
			current.synchronize();
			if (this.subscriptions.isRestored()) {
				told().available();
			}
		}
	}

	/**
	 * Every now and then: what takes too long, what was refused, and is anybody there.
	 */
	private void tick() {
		try {
			this.subscriptions.expire();
			RedisLink current = this.link;
			if (current != null) {
				this.subscriptions.retry();
				synchronize();
				current.check(this.settings.silence());
			}
		}
		catch (RuntimeException ex) {
			logger.error("Cannot look after the connections to Redis", ex);
		}
	}

	private void refused(Throwable failure) {
		logger.debug("Redis did not take a message", failure);
		if (this.lost.getAndIncrement() == 0) {
			execute(() -> told().lost(this.lost.getAndSet(0)));
		}
	}

	private void ended(RedisLink ending, String reason, int lostNow) {
		if (this.link != ending) {
			return;
		}
		this.link = null;
		this.subscriptions.disconnected(reason);
		told().unavailable("Redis at " + this.redis.address() + ": " + reason);
		if (lostNow > 0) {
			told().lost(lostNow);
		}
		retryLater();
	}

	private SerialListener told() {
		SerialListener told = this.listener;
		if (told == null) {
			throw new IllegalStateException("The exchange is not started");
		}
		return told;
	}

	private void execute(Runnable task) {
		try {
			this.thread.execute(task);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Closed meanwhile");
		}
	}

	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		RedisLink current = this.link;
		SerialListener told = this.listener;
		if (current != null && told != null) {
			try {
				current.queue().awaitEmpty(this.settings.subscribeTimeout());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			int unanswered = current.queue().close();
			if (unanswered > 0) {
				told.lost(unanswered);
			}
		}
		if (told != null) {
			told.close();
		}
		if (current != null) {
			current.close(this.settings.subscribeTimeout());
		}
		this.subscriptions.disconnected("the exchange is closed");
		this.thread.shutdown();
	}

	/** Lettuce's threads come in here. */
	private final class LinkOwner implements RedisLink.Owner {

		@Override
		public void received(RedisLink from, byte[] channel, byte[] message) {
			String name = new String(channel, StandardCharsets.US_ASCII);
			if (RedisExchange.this.link == from && RedisExchange.this.subscriptions.isWanted(name)) {
				told().received(name, message);
			}
		}

		@Override
		public void changed(RedisLink of) {
			synchronizeSoon();
		}

		@Override
		public void ended(RedisLink ending, String reason, int lostNow) {
			execute(() -> RedisExchange.this.ended(ending, reason, lostNow));
		}

	}

}
