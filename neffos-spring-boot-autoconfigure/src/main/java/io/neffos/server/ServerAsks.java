package io.neffos.server;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.WriteClosedException;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.engine.Wakes;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import io.neffos.transport.WireFrame;

/**
 * Asks of the whole server: several connections are asked, the first answer counts.
 * Nothing is left behind when one ends, however it does.
 */
final class ServerAsks {

	/** So many may wait at once, over the whole server. */
	private static final int LIMIT = 10_000;

	private final Map<String, ServerAsk> waiting = new ConcurrentHashMap<>();

	private final ScheduledExecutorService timer;

	ServerAsks(ScheduledExecutorService timer) {
		this.timer = timer;
	}

	CompletableFuture<Message> ask(String token, WireFrame frame, Set<Member> members, String event, Duration timeout) {
		ServerAsk ask = new ServerAsk(new HashSet<>(), new CompletableFuture<>());
		if (this.waiting.size() >= LIMIT) {
			ask.result.completeExceptionally(new NeffosException(ErrorTexts.TOO_MANY_ASKS));
			return ask.result;
		}
		for (Member member : members) {
			ask.asked.add(member.engineConn());
		}
		this.waiting.put(token, ask);
		ask.result.whenComplete((answer, failure) -> this.waiting.remove(token));
		Future<?> deadline = this.timer.schedule(
				() -> ask.result.completeExceptionally(new AskTimeoutException("No answer to " + event + " from any of "
						+ members.size() + " connections within " + timeout.toMillis() + " ms")),
				timeout.toNanos(), TimeUnit.NANOSECONDS);
		ask.result.whenComplete((answer, failure) -> deadline.cancel(false));
		for (Member member : members) {
			Wakes wakes = new Wakes();
			boolean queued = member.enqueue(frame, wakes);
			wakes.run();
			// A connection that closes tells before it stops queueing, and this ask may
			// have come between.
			if (!queued || member.engineConn().isClosed()) {
				ask.gone(member.engineConn());
			}
		}
		if (members.isEmpty()) {
			ask.result.completeExceptionally(new WriteClosedException("Nobody is there to ask"));
		}
		return ask.result;
	}

	boolean answered(Frame answer, EngineConn conn) {
		ServerAsk ask = this.waiting.get(answer.waitToken());
		if (ask == null || !ask.wasAsked(conn)) {
			return false;
		}
		conn.settle(answer, ask.result);
		return true;
	}

	/** A connection can no longer answer. */
	void unreachable(EngineConn conn) {
		if (!this.waiting.isEmpty()) {
			this.waiting.values().forEach((ask) -> ask.gone(conn));
		}
	}

	int size() {
		return this.waiting.size();
	}

	/**
	 * One ask.
	 *
	 * @param asked who can still answer, guarded by itself
	 * @param result the first answer
	 */
	private record ServerAsk(Set<EngineConn> asked, CompletableFuture<Message> result) {

		boolean wasAsked(EngineConn conn) {
			synchronized (this.asked) {
				return this.asked.contains(conn);
			}
		}

		void gone(EngineConn conn) {
			boolean last;
			synchronized (this.asked) {
				last = this.asked.remove(conn) && this.asked.isEmpty();
			}
			if (last) {
				this.result.completeExceptionally(
						new WriteClosedException("Everybody who was asked has gone before an answer arrived"));
			}
		}

	}

}
