package io.neffos.replay;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.NeffosServer;
import io.neffos.RoomInfo;
import io.neffos.replay.Step.Kind;
import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Socket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Walks through a conversation: does what the clients and the application did, and
 * compares what our server does with what is expected, step by step.
 */
final class Replay implements AutoCloseable {

	private static final Pattern SERVER_TOKEN = Pattern.compile("(S\\d+)(;.*)", Pattern.DOTALL);

	private static final Pattern MEMBERS = Pattern.compile("members of (\\S+): (\\d+)");

	private final Journal journal = new Journal();

	private final Map<String, Line> lines = new HashMap<>();

	/** Recorded tokens of the server, and those that ours used instead. */
	private final Map<String, String> tokens = new HashMap<>();

	private final Deque<String> walked = new ArrayDeque<>();

	private final LabServer lab;

	private final TestServer server;

	private final Calls calls;

	Replay(Transcript transcript) {
		this.lab = new LabServer(transcript.scenario(), this.journal, this::neffos);
		this.server = new TestServer(this.lab.namespaces());
		this.calls = new Calls(this.journal, this.server.server());
	}

	private NeffosServer neffos() {
		return this.server.server();
	}

	void walk(List<Step> steps) throws Exception {
		for (int i = 0; i < steps.size(); i++) {
			Step step = steps.get(i);
			take(step, steps.subList(i + 1, steps.size()));
			this.walked.add(step.toString());
		}
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
			assertThat(neffos().connectionCount()).isZero();
			assertThat(this.server.timers()).isZero();
		});
		this.server.close();
		assertThat(this.journal.rest()).as("what our server did besides").isEmpty();
		this.lines.forEach((name, line) -> assertThat(line.closed.isDone()).as("%s closed by the server", name)
			.isEqualTo(steps.stream().anyMatch((step) -> step.kind() == Kind.CLOSE && step.conn().equals(name))));
	}

	private void take(Step step, List<Step> later) throws Exception {
		switch (step.kind()) {
			case OPEN -> this.lines.put(step.conn(), new Line(step));
			case SEND -> line(step).listener().onFrame(toSend(step), step.isBinary());
			case HANG_UP -> {
				settle(step);
				line(step).listener().onClose(new CloseReason(Integer.parseInt(step.text()), ""));
			}
			case CLOSE -> {
				CloseReason reason = line(step).closed.get(20, TimeUnit.SECONDS);
				assertThat((reason.code() + " " + reason.reason()).trim()).as(context(step)).isEqualTo(step.text());
			}
			case CALL -> this.calls.make(step, conn(),
					later.stream()
						.filter((next) -> next.kind() == Kind.RESULT)
						.findFirst()
						.filter((next) -> next.text().endsWith("error 'context deadline exceeded'"))
						.isPresent());
			case INFO -> info(step);
			case FRAME, EVENT, RESULT -> compare(step);
		}
	}

	/**
	 * Ask something that must be answered in turn: whatever our server has to say about
	 * what came before, it says before that.
	 */
	private void settle(Step step) throws InterruptedException {
		Line line = line(step);
		if (line.acknowledged && !line.closed.isDone()) {
			line.listener().onFrame("$sync;no such namespace;;sync;0;0;".getBytes(StandardCharsets.UTF_8), false);
			compare(new Step(Kind.FRAME, step.conn(), "$sync;no such namespace;;sync;1;0;bad namespace"));
		}
	}

	private Line line(Step step) {
		Line line = this.lines.get(step.conn());
		assertThat(line).as(context(step)).isNotNull();
		return line;
	}

	/** The connection that the application of the recorded server worked with. */
	private Conn conn() {
		return this.lab.conn("c1");
	}

	private byte[] toSend(Step step) {
		Matcher matcher = SERVER_TOKEN.matcher(step.text());
		if (step.isBinary() || !matcher.matches()) {
			return step.bytes();
		}
		String token = this.tokens.get(matcher.group(1));
		assertThat(token).as(context(step)).isNotNull();
		return step.text(token + matcher.group(2)).bytes();
	}

	private void info(Step step) throws InterruptedException {
		Matcher matcher = MEMBERS.matcher(step.text());
		if (matcher.matches()) {
			RoomInfo room = neffos().room("default", matcher.group(1));
			assertThat((room != null) ? room.size() : 0).as(context(step))
				.isEqualTo(Integer.parseInt(matcher.group(2)));
		}
		else if (step.text().startsWith("OnConnect returns")) {
			this.lab.goOn();
		}
		else {
			compare(step);
		}
	}

	private void compare(Step step) throws InterruptedException {
		String actual = this.journal.next(step.conn());
		String expected = step.toString();
		Matcher recorded = SERVER_TOKEN.matcher(step.text());
		if (step.kind() == Kind.FRAME && recorded.matches() && actual != null) {
			expected = step.text(token(recorded.group(1), actual) + recorded.group(2)).toString();
		}
		assertThat(actual).as(context(step)).isEqualTo(expected);
	}

	/** The token that ours uses for a recorded one: the same one every time. */
	private String token(String recorded, String actual) {
		String known = this.tokens.get(recorded);
		if (known != null) {
			return known;
		}
		Matcher matcher = Pattern.compile("\\S+ <-- (\\d+);.*", Pattern.DOTALL).matcher(actual);
		if (!matcher.matches() || this.tokens.containsValue(matcher.group(1))) {
			return recorded;
		}
		this.tokens.put(recorded, matcher.group(1));
		return matcher.group(1);
	}

	private String context(Step step) {
		List<String> lines = List.copyOf(this.walked);
		return "after\n  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - 12), lines.size())) + "\nat "
				+ step + "\n";
	}

	@Override
	public void close() {
		this.server.close();
	}

	/** One connection: writes what the server sends into the journal. */
	private final class Line implements Socket {

		private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

		private final String name;

		private final String id;

		private volatile boolean acknowledged;

		private final CompletableFuture<SocketListener> listener = new CompletableFuture<>();

		Line(Step open) {
			this.name = open.conn();
			Map<String, List<String>> headers = new HashMap<>();
			headers.put(Journal.NAME, List.of(this.name));
			open.source()
				.path("headers")
				.propertyStream()
				.forEach((header) -> headers.put(header.getKey(), List.of(header.getValue().asString())));
			HandshakeInfo handshake = new HandshakeInfo(URI.create("ws://localhost/neffos"), headers, null, null, null);
			this.id = this.name.contains("#") ? this.name.substring(0, this.name.indexOf('#')) : this.name;
			this.listener.complete(Replay.this.server.server().open(this, handshake, this.id));
		}

		SocketListener listener() {
			return this.listener.join();
		}

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			if (frame.text().equals("A" + this.id)) {
				this.acknowledged = true;
			}
			Replay.this.journal.add(Kind.FRAME, this.name, Step.frame(frame.bytes(), frame.binary()));
			done.accept(null);
		}

		@Override
		public void close(CloseReason reason) {
			if (this.closed.complete(reason)) {
				this.listener.thenAccept((told) -> told.onClose(reason));
			}
		}

	}

}
