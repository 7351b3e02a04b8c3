package io.neffos.exchange.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.neffos.exchange.redis.Subscriptions.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Two connections to Redis, one to receive and one to publish, until either of them ends.
 * Lettuce would connect again by itself and repeat what it had sent; that would deliver
 * twice. So the end of one connection closes both at once, within the call that tells of
 * it and before Lettuce plans to reconnect, and a new link takes over.
 */
final class RedisLink {

	/** No channel can have this name, and no rule of access stands in its way. */
	private static final byte[] PULSE = "neffos:pulse".getBytes(StandardCharsets.US_ASCII);

	/** So many messages are written at once. */
	private static final int MESSAGES = 256;

	/** So many channels are named in one command. */
	private static final int CHANNELS = 1_000;

	private final StatefulRedisPubSubConnection<byte[], byte[]> subscriber;

	private final StatefulRedisPubSubConnection<byte[], byte[]> publisher;

	private final PublishQueue queue;

	private final Subscriptions subscriptions;

	private final Owner owner;

	private final Pulse received = new Pulse();

	private final Pulse published = new Pulse();

	private final AtomicBoolean ended = new AtomicBoolean();

	private volatile CompletableFuture<@Nullable Void> closing = CompletableFuture.completedFuture(null);

	RedisLink(StatefulRedisPubSubConnection<byte[], byte[]> subscriber,
			StatefulRedisPubSubConnection<byte[], byte[]> publisher, PublishQueue queue, Subscriptions subscriptions,
			Owner owner) {
		this.subscriber = subscriber;
		this.publisher = publisher;
		this.queue = queue;
		this.subscriptions = subscriptions;
		this.owner = owner;
	}

	PublishQueue queue() {
		return this.queue;
	}

	/** Begin to receive and to watch. */
	void open() {
		this.subscriber.addListener(new Incoming());
		Watch watch = new Watch();
		this.subscriber.addListener(watch);
		this.publisher.addListener(watch);
		if (!this.subscriber.isOpen() || !this.publisher.isOpen()) {
			lose("the connection ended");
		}
	}

	/** Ask for the version of Redis, for people; one that does not tell has none. */
	void askVersion(Consumer<String> answer) {
		this.publisher.async()
			.info("server")
			.thenAccept((text) -> text.lines()
				.filter((line) -> line.startsWith("redis_version:"))
				.forEach((line) -> answer.accept(line.substring(line.indexOf(':') + 1).trim())));
	}

	/** Write what waits, and what comes meanwhile. */
	void flush() {
		List<Publication> next = this.queue.next(MESSAGES);
		while (!next.isEmpty()) {
			this.publisher.dispatch(next);
			next = this.queue.next(MESSAGES);
		}
	}

	/** Tell Redis of channels, if it has answered for the last ones. */
	void synchronize() {
		Batch batch = this.subscriptions.next(CHANNELS);
		if (!batch.unsubscribe().isEmpty()) {
			expect(batch.unsubscribe(), this.subscriber.async().unsubscribe(names(batch.unsubscribe())));
		}
		if (!batch.subscribe().isEmpty()) {
			expect(batch.subscribe(), this.subscriber.async().subscribe(names(batch.subscribe())));
		}
	}

	private static byte[][] names(List<String> channels) {
		return channels.stream()
			.map((channel) -> channel.getBytes(StandardCharsets.US_ASCII))
			.toArray((length) -> new byte[length][]);
	}

	/**
	 * The command's own success says nothing: Lettuce completes it by the first channel
	 * that Redis confirms.
	 */
	private void expect(List<String> channels, CompletionStage<?> command) {
		command.whenComplete((nothing, failure) -> {
			if (failure instanceof RedisCommandExecutionException) {
				this.subscriptions.refused(channels, RedisAccess.reason(failure));
				this.owner.changed(this);
			}
		});
	}

	/** Ask for a sign of life on both connections, and give them up without one. */
	void check(Duration silence) {
		if (this.received.ask()) {
			this.subscriber.async().unsubscribe(PULSE);
		}
		if (this.published.ask()) {
			this.publisher.async().ping().thenAccept((pong) -> this.published.answered());
		}
		if (this.received.isSilentFor(silence) || this.published.isSilentFor(silence)
				|| this.subscriptions.isStuck(silence)) {
			lose("no answer for " + silence.toMillis() + " ms");
		}
	}

	/** End both connections, for a reason. */
	private void lose(String reason) {
		if (this.ended.compareAndSet(false, true)) {
			int lost = this.queue.close();
			end();
			this.owner.ended(this, reason, lost);
		}
	}

	private void end() {
		this.closing = CompletableFuture.allOf(this.subscriber.closeAsync(), this.publisher.closeAsync());
	}

	/** End both connections; returns when they are closed, or the time is over. */
	void close(Duration patience) {
		if (this.ended.compareAndSet(false, true)) {
			end();
		}
		this.closing.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
			.handle((nothing, failure) -> failure)
			.join();
	}

	/** Who owns a link. */
	interface Owner {

		/** A message came. */
		void received(RedisLink link, byte[] channel, byte[] message);

		/** Redis has answered for channels: there may be more to tell it. */
		void changed(RedisLink link);

		/**
		 * The link is of no use any more; told once, and not after a close.
		 * @param link the link
		 * @param reason why
		 * @param lost how many messages it had taken and Redis had not answered
		 */
		void ended(RedisLink link, String reason, int lost);

	}

	private final class Incoming extends RedisPubSubAdapter<byte[], byte[]> {

		@Override
		public void message(byte[] channel, byte[] message) {
			RedisLink.this.received.heard();
			RedisLink.this.owner.received(RedisLink.this, channel, message);
		}

		@Override
		public void subscribed(byte[] channel, long count) {
			RedisLink.this.received.heard();
			RedisLink.this.subscriptions.subscribed(new String(channel, StandardCharsets.US_ASCII));
			RedisLink.this.owner.changed(RedisLink.this);
		}

		@Override
		public void unsubscribed(byte[] channel, long count) {
			if (Arrays.equals(channel, PULSE)) {
				RedisLink.this.received.answered();
				return;
			}
			RedisLink.this.received.heard();
			RedisLink.this.subscriptions.unsubscribed(new String(channel, StandardCharsets.US_ASCII));
			RedisLink.this.owner.changed(RedisLink.this);
		}

	}

	private final class Watch implements RedisConnectionStateListener {

		@Override
		public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
			lose("the connection ended");
		}

	}

}
