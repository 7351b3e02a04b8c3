package io.neffos.websocket;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Finds out which peers are alive, for sessions of containers: one that is silent is
 * pinged, and one that stays silent is closed. Each call of {@link #run()} looks at all
 * of them and blocks on none; sockets of our own have a heartbeat of their own.
 *
 * @since 0.1.0
 */
public final class Heartbeat implements Runnable {

	/** How often a period is looked at: a peer is pinged that much late, at most. */
	private static final int PARTS = 8;

	private static final Log logger = LogFactory.getLog(Heartbeat.class);

	private final Duration period;

	private final Set<Pulse> pulses = ConcurrentHashMap.newKeySet();

	/**
	 * Create a heartbeat.
	 * @param period how long a peer may be silent before it is pinged, and how long it
	 * then has to say anything; 0 for no heartbeat
	 */
	public Heartbeat(Duration period) {
		this.period = period;
	}

	/**
	 * How often {@link #run()} has to be called.
	 * @return the interval, 0 for never
	 */
	public Duration interval() {
		return this.period.dividedBy(PARTS);
	}

	void add(Pulse pulse) {
		if (!this.period.isZero()) {
			this.pulses.add(pulse);
		}
	}

	void remove(Pulse pulse) {
		this.pulses.remove(pulse);
	}

	@Override
	public void run() {
		long now = System.nanoTime();
		this.pulses.removeIf((pulse) -> {
			try {
				return !pulse.check(now, this.period.toNanos());
			}
			catch (RuntimeException ex) {
				logger.error("A heartbeat failed", ex);
				return true;
			}
		});
	}

}
