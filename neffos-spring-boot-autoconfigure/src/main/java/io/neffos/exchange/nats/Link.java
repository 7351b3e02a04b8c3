package io.neffos.exchange.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ForceReconnectOptions;
import io.nats.client.MessageHandler;
import io.nats.client.api.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * One connection, until it ends. The client would bring it back by itself, but then also
 * send what waited meanwhile: so that nothing is sent late, what a connection holds ends
 * with it, and a new one follows.
 * <p>
 * Knows what the broker has taken, by questions that it answers in order, and thereby
 * what may be lost. Any thread publishes; one thread does everything else.
 */
final class Link {

	/** About what a message takes beside its body, while it waits. */
	private static final int OVERHEAD = 256;

	/** So much of others may wait for the listener; the rest is dropped and counted. */
	private static final int WAITING_MESSAGES = 100_000;

	private static final int WAITING_BYTES = 16 * 1024 * 1024;

	/** What asking writes by itself, which does not show that anything else is read. */
	private static final int QUESTION_BYTES = 1024;

	private final Connection connection;

	private final Dispatcher dispatcher;

	private final long limit;

	private final Refusals refusals;

	private final Set<String> subscribed = new HashSet<>();

	private final AtomicLong waiting = new AtomicLong();

	private final AtomicLong sentBytes = new AtomicLong();

	private final AtomicLong sentMessages = new AtomicLong();

	private volatile boolean over;

	private long takenBytes;

	private long takenMessages;

	private long toldLost;

	private long toldOverrun;

	private int toldDenied;

	Link(Connection connection, long limit, Refusals refusals, MessageHandler handler) {
		this.connection = connection;
		this.refusals = refusals;
		this.limit = limit;
		this.dispatcher = connection.createDispatcher((message) -> {
			if (!this.over) {
				handler.onMessage(message);
			}
		});
		this.dispatcher.setPendingLimits(WAITING_MESSAGES, WAITING_BYTES);
	}

	/**
	 * Hand a message to the client.
	 * @return {@code false} if there is no room for it, or no connection any more
	 */
	boolean publish(String channel, byte[] message) {
		int size = size(channel, message);
		if (this.over) {
			return false;
		}
		if (this.waiting.addAndGet(size) > this.limit) {
			this.waiting.addAndGet(-size);
			return false;
		}
		try {
			this.connection.publish(channel, message);
		}
		catch (IllegalStateException | IllegalArgumentException ex) {
			this.waiting.addAndGet(-size);
			return false;
		}
		// Afterwards: what is counted is before the next question to the broker.
		this.sentBytes.addAndGet(size);
		this.sentMessages.incrementAndGet();
		return true;
	}

	private static int size(String channel, byte[] message) {
		return message.length + channel.length() + OVERHEAD;
	}

	/** Whether so much waits that the broker should be asked what it has taken. */
	boolean isFilling() {
		return this.waiting.get() > this.limit / 8;
	}

	void apply(Channels.Round round) {
		for (Channels.Wanted wanted : round.more()) {
			if (this.subscribed.add(wanted.channel())) {
				this.dispatcher.subscribe(wanted.channel());
			}
		}
		for (String channel : round.less()) {
			if (this.subscribed.remove(channel)) {
				this.dispatcher.unsubscribe(channel);
			}
		}
	}

	/**
	 * Wait until the broker has done everything it was told before.
	 */
	Answer settle(Duration timeout) throws InterruptedException {
		long bytes = this.sentBytes.get();
		long messages = this.sentMessages.get();
		long written = this.connection.getStatistics().getOutBytes();
		try {
			this.connection.flush(timeout);
		}
		catch (TimeoutException | IllegalStateException ex) {
			boolean slow = !isOver() && this.connection.getStatistics().getOutBytes() > written + QUESTION_BYTES;
			return slow ? Answer.LATE : Answer.NONE;
		}
		if (isOver()) {
			// The client also returns when it could not ask.
			return Answer.NONE;
		}
		if (Refusals.isRefusal(this.connection.getLastError())) {
			this.connection.clearLastError();
			this.refusals.awaitHeard();
		}
		this.waiting.addAndGet(this.takenBytes - bytes);
		this.takenBytes = bytes;
		this.takenMessages = messages;
		return Answer.DONE;
	}

	/** What the broker has refused to subscribe, as if it had not been asked. */
	Set<String> takeRefused() {
		Set<String> refused = this.refusals.take();
		for (String channel : refused) {
			if (this.subscribed.remove(channel)) {
				this.dispatcher.unsubscribe(channel);
			}
		}
		return refused;
	}

	/** How many messages the listener has not been given, since it was asked before. */
	int takeOverrun() {
		long dropped = this.dispatcher.getDroppedCount();
		int more = (int) Math.min(Integer.MAX_VALUE, dropped - this.toldOverrun);
		this.toldOverrun += more;
		return more;
	}

	/** How many messages the broker has refused, since it was asked before. */
	int takeDenied() {
		int more = this.refusals.denied() - this.toldDenied;
		this.toldDenied += more;
		return more;
	}

	/**
	 * How many messages the broker may not have taken, now that this is over, since it
	 * was asked before: a publisher may have been in between.
	 */
	int takeLost() {
		long lost = this.sentMessages.get() - this.takenMessages;
		int more = (int) Math.min(Integer.MAX_VALUE, lost - this.toldLost);
		this.toldLost += more;
		return more;
	}

	boolean isOver() {
		return this.over || this.connection.getStatus() != Connection.Status.CONNECTED;
	}

	/** Take and deliver nothing more. */
	void end() {
		this.over = true;
	}

	/** Leave a broker that answers. */
	void close() throws InterruptedException {
		end();
		this.connection.close();
	}

	/** Leave at once, without what waits in the sockets. */
	void drop() throws InterruptedException {
		end();
		if (this.connection.getStatus() != Connection.Status.CLOSED) {
			try {
				this.connection.forceReconnect(ForceReconnectOptions.FORCE_CLOSE_INSTANCE);
			}
			catch (IOException | RuntimeException ex) {
				// The client may close it at the same time, and has nothing left then.
			}
		}
		this.connection.close();
	}

	long maxPayload() {
		return this.connection.getMaxPayload();
	}

	@Nullable String lastError() {
		return this.connection.getLastError();
	}

	ServerInfo server() {
		return this.connection.getServerInfo();
	}

	@Nullable String address() {
		return this.connection.getConnectedUrl();
	}

	/** How the broker answers. */
	enum Answer {

		/** It has done everything. */
		DONE,

		/** It takes what is sent, but slowly. */
		LATE,

		/** It does not answer, or there is no connection any more. */
		NONE

	}

}
