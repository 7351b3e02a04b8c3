package io.neffos.client;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.neffos.Message;
import io.neffos.RefusedException;
import io.neffos.WriteClosedException;
import io.neffos.engine.EngineConn;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Brings a client back: waits, sees whether the server is there, dials, restores, sends
 * what was kept; again and again until it is done or gives up. Shares the lock of the
 * client, which guards the outage, too.
 */
final class Reconnection {

	private static final Log logger = LogFactory.getLog(Reconnection.class);

	private final DefaultNeffosClient client;

	private final ClientParts parts;

	/** Guarded by the client: attempts since there was a stable connection. */
	private int unstable;

	Reconnection(DefaultNeffosClient client, ClientParts parts) {
		this.client = client;
		this.parts = parts;
	}

	/** The connection that was lost had lasted. Guarded by the client. */
	void wasStable() {
		this.unstable = 0;
	}

	/** Set the alarm for the next attempt, or give up. */
	void prepare(Outage lost) {
		ReconnectPolicy policy = this.parts.reconnect();
		Reconnecting event = null;
		synchronized (this.client) {
			if (this.client.state() == NeffosClient.State.CLOSED) {
				return;
			}
			if (!policy.isPast(lost.tries() + 1, lost.duration())) {
				int attempt = lost.nextTry();
				this.unstable++;
				Duration delay = policy.delay(this.unstable);
				if (setAlarm(lost, delay)) {
					event = new Reconnecting(this.client, attempt, delay, lost.lost(), lost.failure());
				}
			}
		}
		if (event == null) {
			giveUp(lost);
			return;
		}
		Reconnecting told = event;
		this.client.listeners().tell((listener) -> listener.onReconnecting(told));
	}

	/**
	 * Guarded by the client.
	 * @return {@code false} if the application has shut down its timer, so that nobody
	 * will come back
	 */
	private boolean setAlarm(Outage lost, Duration delay) {
		try {
			lost.alarm(this.parts.timer()
				.schedule(() -> this.parts.execute(() -> attempt(lost), (failure) -> failed(lost, failure)),
						delay.toNanos(), TimeUnit.NANOSECONDS));
			return true;
		}
		catch (RejectedExecutionException ex) {
			lost.failure(this.parts.toException(ex));
			return false;
		}
	}

	private void attempt(Outage lost) {
		DialRequest request = this.parts.request(lost.tries());
		this.parts.dialer()
			.probe(request)
			.thenCompose((there) -> this.client.open(request))
			.whenComplete((conn, failure) -> {
				if (failure != null) {
					failed(lost, ClientParts.unwrap(failure));
				}
				else {
					restore(lost, conn);
				}
			});
	}

	private void failed(Outage lost, Throwable failure) {
		if (logger.isDebugEnabled()) {
			logger
				.debug("Attempt " + lost.tries() + " to come back to " + this.parts.address() + " failed: " + failure);
		}
		synchronized (this.client) {
			lost.failure(this.parts.toException(failure));
		}
		if (isRefusal(failure) && !this.parts.reconnect().retryRefused()) {
			giveUp(lost);
		}
		else {
			prepare(lost);
		}
	}

	private static boolean isRefusal(Throwable failure) {
		return failure instanceof RefusedException
				|| (failure instanceof DialException answer && (answer.status() == 401 || answer.status() == 403));
	}

	private void giveUp(Outage lost) {
		if (this.client.state() != NeffosClient.State.CLOSED) {
			Throwable failure = lost.failure();
			logger.warn("Gave up coming back to " + this.parts.address() + " after " + lost.tries() + " attempts"
					+ ((failure != null) ? ": " + failure.getMessage() : ""));
			this.client.finish(lost.lost(), failure);
		}
	}

	private void restore(Outage lost, EngineConn conn) {
		Restoration restoration = new Restoration(conn);
		restoration.run(lost.session()).whenComplete((done, never) -> {
			if (drain(lost, conn, restoration)) {
				Reconnected event = new Reconnected(this.client, conn, lost.tries(), restoration.restored(),
						restoration.refused(), lost.undelivered());
				this.client.listeners().tell((listener) -> listener.onReconnected(event));
			}
		});
	}

	/**
	 * Send what was kept, then let others send.
	 * @return {@code false} if the connection was lost again
	 */
	private boolean drain(Outage lost, EngineConn conn, Restoration restoration) {
		while (true) {
			Message message;
			synchronized (this.client) {
				if (conn.isClosed() || this.client.state() == NeffosClient.State.CLOSED) {
					notAgain(lost, restoration);
					return false;
				}
				message = lost.kept().poll();
				if (message == null) {
					this.client.restored();
					return true;
				}
			}
			if (!writeSafely(conn, message)) {
				synchronized (this.client) {
					if (conn.isClosed()) {
						lost.kept().addFirst(message);
					}
					else {
						lost.undelivered().add(message);
					}
				}
			}
		}
	}

	/** What the server refused is not asked for the next time. */
	private static void notAgain(Outage lost, Restoration restoration) {
		for (Reconnected.Refused refused : restoration.refused()) {
			if (!(refused.reason() instanceof WriteClosedException)) {
				lost.session(lost.session().without(refused.place()));
			}
		}
	}

	private static boolean writeSafely(EngineConn conn, Message message) {
		try {
			return conn.write(message);
		}
		catch (RuntimeException ex) {
			// Its body cannot be written; the one who sent it is long gone.
			logger.warn("A message that was kept cannot be sent [namespace=" + message.namespace() + ", event="
					+ message.event() + "]", ex);
			return false;
		}
	}

}
