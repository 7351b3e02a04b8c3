package io.neffos.exchange.nats;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nats.client.MessageHandler;
import io.neffos.exchange.ExchangeException;
import io.neffos.exchange.ExchangeListener;
import io.neffos.exchange.SerialListener;
import io.neffos.exchange.StackExchange;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * An exchange over NATS, by one connection. A channel is a subject of the same name.
 * <p>
 * A subscription is confirmed by the server this one is connected to. In a cluster of
 * NATS servers the others learn of it a moment later, so that what is published at one of
 * them within that moment may not arrive.
 * <p>
 * What the broker has not confirmed when a connection ends counts as lost, although some
 * of it may have arrived. A message that is larger than the server takes is refused, with
 * one warning.
 *
 * @since 0.1.0
 */
public final class NatsExchange implements StackExchange {

	private static final Log logger = LogFactory.getLog(NatsExchange.class);

	private final NatsSettings settings;

	private final ThreadFactory threads;

	private final Channels channels = new Channels();

	private final AtomicBoolean warned = new AtomicBoolean();

	private volatile @Nullable Caretaker caretaker;

	/**
	 * Create an exchange that is not started.
	 * @param settings how to reach the broker
	 * @param threads makes the thread that looks after the connection
	 */
	public NatsExchange(NatsSettings settings, ThreadFactory threads) {
		this.settings = settings;
		this.threads = threads;
	}

	@Override
	public void start(ExchangeListener listener) {
		if (this.caretaker != null) {
			throw new IllegalStateException("The exchange is started already");
		}
		SerialListener serial = new SerialListener(listener);
		MessageHandler handler = (message) -> serial.received(message.getSubject(), message.getData());
		Caretaker starting = new Caretaker(this.settings, this.channels, serial, handler);
		this.caretaker = starting;
		try {
			starting.connectFirst();
		}
		catch (ExchangeException ex) {
			if (!this.settings.patient()) {
				this.caretaker = null;
				throw ex;
			}
			serial.unavailable(String.valueOf(ex.getMessage()));
		}
		this.threads.newThread(starting).start();
	}

	@Override
	public CompletableFuture<@Nullable Void> subscribe(String channel) {
		CompletableFuture<@Nullable Void> result = this.channels.want(channel);
		if (!result.isDone()) {
			wake();
		}
		return result;
	}

	@Override
	public void unsubscribe(String channel) {
		this.channels.unwant(channel);
		wake();
	}

	private void wake() {
		Caretaker current = this.caretaker;
		if (current != null) {
			current.wake();
		}
	}

	@Override
	public boolean publish(String channel, byte[] message) {
		Caretaker current = this.caretaker;
		Link link = (current != null) ? current.link() : null;
		if (current == null || link == null) {
			return false;
		}
		if (message.length > link.maxPayload()) {
			if (this.warned.compareAndSet(false, true)) {
				logger.warn(("A message of %d bytes is larger than the %d bytes that NATS takes, and was dropped."
						+ " Others will be without a warning. See max_payload of the server")
					.formatted(message.length, link.maxPayload()));
			}
			return false;
		}
		boolean taken = link.publish(channel, message);
		if (link.isFilling()) {
			current.wake();
		}
		return taken;
	}

	@Override
	public boolean isAvailable() {
		Caretaker current = this.caretaker;
		return current != null && current.link() != null;
	}

	@Override
	public Map<String, Object> details() {
		Caretaker current = this.caretaker;
		Link link = (current != null) ? current.link() : null;
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("type", "nats");
		String address = (link != null) ? link.address() : null;
		details.put("address", (address != null) ? address : this.settings.addresses());
		details.put("connections", (link != null) ? 1 : 0);
		if (link != null) {
			details.put("version", String.valueOf(link.server().getVersion()));
			details.put("server", String.valueOf(link.server().getServerName()));
		}
		return details;
	}

	@Override
	public void close() {
		Caretaker current = this.caretaker;
		if (current != null) {
			current.close();
		}
	}

	@Override
	public String toString() {
		return "NatsExchange[" + this.settings.addresses() + "]";
	}

}
