package io.neffos.exchange;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Keeps what an exchange tells, and notices when two threads tell at once. */
public final class RecordingListener implements ExchangeListener {

	private final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();

	private final Queue<String> states = new ConcurrentLinkedQueue<>();

	private final AtomicInteger within = new AtomicInteger();

	private final AtomicInteger crowds = new AtomicInteger();

	private final AtomicInteger lost = new AtomicInteger();

	private final AtomicInteger overrun = new AtomicInteger();

	private volatile BiConsumer<String, byte[]> then = (channel, message) -> {
	};

	/** Also do this with what arrives, within the same call. */
	public RecordingListener then(BiConsumer<String, byte[]> more) {
		this.then = more;
		return this;
	}

	/** Stand still with what arrives, until this is open. */
	public RecordingListener thenAwait(CountDownLatch open) {
		return then((channel, message) -> {
			try {
				open.await(60, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
	}

	/** What arrived, in order. */
	public List<Delivery> deliveries() {
		return List.copyOf(this.deliveries);
	}

	/** What arrived on a channel, in order. */
	public List<String> on(String channel) {
		return this.deliveries.stream().filter((one) -> one.channel().equals(channel)).map(Delivery::text).toList();
	}

	/** How much arrived. */
	public int count() {
		return this.deliveries.size();
	}

	/** "available" and "unavailable", in order. */
	public List<String> states() {
		return List.copyOf(this.states);
	}

	/** How many messages were told to be lost. */
	public int lost() {
		return this.lost.get();
	}

	/** How many messages were told to be dropped, because they came too fast. */
	public int overrun() {
		return this.overrun.get();
	}

	/** How often a thread came while another one was inside. */
	public int crowds() {
		return this.crowds.get();
	}

	@Override
	public void received(String channel, byte[] message) {
		enter();
		try {
			this.deliveries.add(new Delivery(channel, new String(message, StandardCharsets.ISO_8859_1)));
			this.then.accept(channel, message);
		}
		finally {
			this.within.decrementAndGet();
		}
	}

	@Override
	public void available() {
		enter();
		this.states.add("available");
		this.within.decrementAndGet();
	}

	@Override
	public void unavailable(String reason) {
		enter();
		this.states.add("unavailable");
		this.within.decrementAndGet();
	}

	@Override
	public void lost(int count) {
		enter();
		this.lost.addAndGet(count);
		this.within.decrementAndGet();
	}

	@Override
	public void overrun(int count) {
		enter();
		this.overrun.addAndGet(count);
		this.within.decrementAndGet();
	}

	/** A thread that calls again from within is no second one, but no test does that. */
	private void enter() {
		if (this.within.getAndIncrement() != 0) {
			this.crowds.incrementAndGet();
		}
	}

	/**
	 * What arrived.
	 *
	 * @param channel where
	 * @param text the bytes, one character each
	 */
	public record Delivery(String channel, String text) {

	}

}
