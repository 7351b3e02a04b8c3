package io.neffos.benchmark.exchange;

import java.util.concurrent.atomic.LongAdder;

import io.neffos.exchange.ExchangeListener;

/** Counts what arrives. */
final class Counting implements ExchangeListener {

	private final LongAdder messages = new LongAdder();

	private final LongAdder bytes = new LongAdder();

	@Override
	public void received(String channel, byte[] message) {
		this.messages.increment();
		this.bytes.add(message.length);
	}

	@Override
	public void available() {
		// Nothing waits for it.
	}

	@Override
	public void unavailable(String reason) {
		System.err.println("The broker cannot be reached: " + reason);
	}

	@Override
	public void lost(int count) {
		// It is missing where it should arrive.
	}

	@Override
	public void overrun(int count) {
		// It is missing in what arrived.
	}

	long messages() {
		return this.messages.sum();
	}

	long bytes() {
		return this.bytes.sum();
	}

}
