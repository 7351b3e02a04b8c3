package io.neffos.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.neffos.engine.Side;
import io.neffos.replay.Step.Kind;
import io.neffos.transport.CloseReason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Walks through a conversation: does what the peers and the application did, and compares
 * what our side does with what is expected, step by step.
 */
abstract class Replay implements AutoCloseable {

	private final Side side;

	private final Journal journal = new Journal();

	private final Map<String, Line> lines = new HashMap<>();

	private final Deque<String> walked = new ArrayDeque<>();

	Replay(Side side) {
		this.side = side;
	}

	final Journal journal() {
		return this.journal;
	}

	void walk(List<Step> steps) throws Exception {
		for (int i = 0; i < steps.size(); i++) {
			Step step = steps.get(i);
			take(step, steps.subList(i + 1, steps.size()));
			this.walked.add(step.toString());
		}
		awaitEnd();
		assertThat(this.journal.rest()).as("what ours did besides").isEmpty();
		Kind close = Kind.closeOf(this.side);
		this.lines.forEach((name, line) -> assertThat(line.closed().isDone()).as("%s closed by ours", name)
			.isEqualTo(steps.stream().anyMatch((step) -> step.kind() == close && step.conn().equals(name))));
	}

	/** Wait until everything is over that the steps have begun, then see what is left. */
	abstract void awaitEnd() throws Exception;

	private void take(Step step, List<Step> later) throws Exception {
		switch (step.kind()) {
			case OPEN -> open(step);
			case SEND, FRAME -> {
				if (step.kind() == Kind.frameOf(this.side)) {
					compare(step);
				}
				else {
					play(step);
				}
			}
			case HANG_UP, CLOSE -> {
				if (step.kind() == Kind.closeOf(this.side)) {
					CloseReason reason = line(step).closed().get(Journal.PATIENCE_SECONDS, TimeUnit.SECONDS);
					assertThat((reason.code() + " " + reason.reason()).trim()).as(context(step)).isEqualTo(step.text());
				}
				else {
					settle(step.conn());
					line(step).hangUp(Integer.parseInt(step.text()));
				}
			}
			case CALL -> call(step, later);
			case INFO -> info(step);
			case EVENT, RESULT -> compare(step);
		}
	}

	/** A client opens a connection to our server. */
	abstract void open(Step step);

	/** The application calls. */
	abstract void call(Step step, List<Step> later) throws Exception;

	/** The application has seen something. */
	abstract void info(Step step) throws InterruptedException;

	private void play(Step step) {
		Step frame = line(step).tokens().translate(step);
		assertThat(frame).as(context(step)).isNotNull();
		line(step).read(frame.bytes(), frame.isBinary());
	}

	/**
	 * Ask something that must be answered in turn: whatever ours has to say about what
	 * came before, it says before that.
	 */
	final void settle(String conn) throws InterruptedException {
		Line line = this.lines.get(conn);
		if (line != null && line.isInUse()) {
			String token = (this.side == Side.SERVER) ? "$sync" : "sync";
			line.read((token + ";no such namespace;;sync;0;0;").getBytes(StandardCharsets.UTF_8), false);
			compare(new Step(Kind.frameOf(this.side), conn, token + ";no such namespace;;sync;1;0;bad namespace"));
		}
	}

	final Line line(Step step) {
		Line line = this.lines.get(step.conn());
		assertThat(line).as(context(step)).isNotNull();
		return line;
	}

	final Line add(String conn, Tokens tokens) {
		Line line = new Line(this.side, conn, this.journal, tokens);
		this.lines.put(conn, line);
		return line;
	}

	final Map<String, Line> lines() {
		return this.lines;
	}

	final void compare(Step step) throws InterruptedException {
		String actual = this.journal.next(step);
		Step expected = step;
		if (step.kind() == Kind.frameOf(this.side) && actual != null) {
			String start = step.text("").toString();
			expected = line(step).tokens()
				.learn(step, actual.startsWith(start) ? actual.substring(start.length()) : "");
		}
		assertThat(actual).as(context(step)).isEqualTo(expected.toString());
	}

	final String context(Step step) {
		List<String> lines = List.copyOf(this.walked);
		return "after\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 12), lines.size())) + "\nat "
				+ step + "\n";
	}

	/** Whether the call of this step is the one that nobody answers. */
	static boolean expires(List<Step> later) {
		return later.stream()
			.filter((next) -> next.kind() == Kind.RESULT)
			.findFirst()
			.filter((next) -> next.text().endsWith("error 'context deadline exceeded'"))
			.isPresent();
	}

	@Override
	public abstract void close();

}
