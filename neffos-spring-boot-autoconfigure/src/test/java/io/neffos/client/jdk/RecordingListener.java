package io.neffos.client.jdk;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/** Writes down what a socket tells, and whether two threads tell it at a time. */
class RecordingListener implements SocketListener {

	private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

	private final AtomicInteger inside = new AtomicInteger();

	@Override
	public void onFrame(byte[] bytes, boolean binary) {
		tell((binary ? "binary " + new String(bytes, StandardCharsets.ISO_8859_1)
				: "text " + new String(bytes, StandardCharsets.UTF_8)));
	}

	@Override
	public void onTooBig() {
		tell("too big");
	}

	@Override
	public void onClose(CloseReason reason) {
		tell(("close " + reason.code() + " " + reason.reason()).trim());
	}

	private void tell(String event) {
		if (this.inside.incrementAndGet() > 1) {
			this.told.add("at the same time");
		}
		this.told.add(event);
		this.inside.decrementAndGet();
	}

	void expect(String... events) throws InterruptedException {
		for (String event : events) {
			assertThat(this.told.poll(HandServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(event);
		}
	}

	/** What was told and not expected yet. */
	BlockingQueue<String> rest() {
		return this.told;
	}

}
