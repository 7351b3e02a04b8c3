package io.neffos.replay;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.neffos.Conn;
import io.neffos.Message;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What our side did, in order, for each connection and for the application's calls:
 * events and frames of a connection stand in one line, so their order is compared too.
 * Results of calls have lines of their own, as they may come on other threads.
 */
final class Journal {

	/** The header that tells handlers which recorded connection theirs plays. */
	static final String NAME = "Replay-Name";

	static final int PATIENCE_SECONDS = 20;

	private final Map<String, BlockingQueue<String>> lines = new ConcurrentHashMap<>();

	static String name(Conn conn) {
		String name = conn.handshake().header(NAME);
		return (name != null) ? name : "?";
	}

	void event(Conn conn, Message msg) {
		add(Kind.EVENT, name(conn), event(msg.event(), msg.namespace(), msg.room(), msg.isLocal(), msg.isForced(),
				msg.isBinary(), msg.isNative(), msg.error(), msg.body()));
	}

	void add(Kind kind, String conn, String text) {
		Step step = new Step(kind, conn, text);
		of(step).add(step.toString());
	}

	/**
	 * What happened where this step is expected, or {@code null} when nothing does for
	 * long.
	 */
	@Nullable String next(Step step) throws InterruptedException {
		return of(step).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	/** What nobody has asked for. */
	Map<String, BlockingQueue<String>> rest() {
		this.lines.values().removeIf(BlockingQueue::isEmpty);
		return this.lines;
	}

	private BlockingQueue<String> of(Step step) {
		String line = (step.kind() == Kind.RESULT && !step.conn().isEmpty()) ? "calls of " + step.conn() : step.conn();
		return this.lines.computeIfAbsent(line, (key) -> new LinkedBlockingQueue<>());
	}

	/** An event in one line; + is local and ! is forced, as in the protocol's tables. */
	static String event(String name, String namespace, String room, boolean local, boolean forced, boolean binary,
			boolean nativeMessage, @Nullable String error, byte[] body) {
		StringBuilder line = new StringBuilder(name).append('(').append(namespace);
		if (!room.isEmpty()) {
			line.append(", ").append(room);
		}
		line.append(')').append(local ? "+" : "").append(forced ? "!" : "");
		line.append(binary ? " binary" : "").append(nativeMessage ? " native" : "");
		if (error != null) {
			line.append(" error '").append(error).append('\'');
		}
		if (body.length > 0) {
			line.append(" '").append(Step.escape(body)).append('\'');
		}
		return line.toString();
	}

}
