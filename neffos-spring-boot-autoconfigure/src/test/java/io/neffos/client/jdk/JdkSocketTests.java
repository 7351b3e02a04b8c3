package io.neffos.client.jdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens on an open socket. */
class JdkSocketTests {

	/** More than the network keeps for a peer that does not read. */
	private static final int HUGE = 16 * 1024 * 1024;

	private HandServer server;

	private Dials.Pair pair;

	private DialedSocket socket;

	private HandPeer peer;

	@BeforeEach
	void open() throws Exception {
		this.server = new HandServer();
		this.pair = Dials.open(this.server);
		this.socket = this.pair.socket();
		this.peer = this.pair.peer();
	}

	@AfterEach
	void close() throws Exception {
		this.pair.close();
		this.server.close();
	}

	@Test
	void carriesTextAndBinaryBothWays() throws Exception {
		RecordingListener listener = this.pair.start();
		this.peer.write(HandPeer.text("gr\u00fc\u00df \ud83d\ude00"));
		this.peer.write(HandPeer.frame(true, HandPeer.BINARY, new byte[] { 0, (byte) 0xff, ';' }));
		this.peer.write(HandPeer.text(""));
		listener.expect("text gr\u00fc\u00df \ud83d\ude00", "binary \u0000\u00ff;", "text ");
		assertThat(write(text("\u20ac"))).isNull();
		HandPeer.Received received = this.peer.next();
		assertThat(received.opcode()).isEqualTo(HandPeer.TEXT);
		assertThat(received.text()).isEqualTo("\u20ac");
		byte[] bytes = { 1, 0, (byte) 0xff };
		assertThat(write(new WireFrame(bytes, true))).isNull();
		received = this.peer.next();
		assertThat(received.opcode()).isEqualTo(HandPeer.BINARY);
		assertThat(received.payload()).containsExactly(bytes);
		assertThat(bytes).as("shared with other sockets").containsExactly(1, 0, 0xff);
	}

	@Test
	void messagesMayBeWrittenBeforeTheStart() throws Exception {
		assertThat(write(text("first"))).isNull();
		assertThat(this.peer.next().text()).isEqualTo("first");
	}

	@Test
	void nextWriteMayBeginInTheCallback() throws Exception {
		// Each may be done before the call returns, so they nest.
		int count = 200;
		CountDownLatch written = new CountDownLatch(count);
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		writeFrom(0, count, written, failures);
		for (int i = 0; i < count; i++) {
			assertThat(this.peer.next().text()).isEqualTo("m" + i);
		}
		assertThat(written.await(HandServer.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
		assertThat(failures).isEmpty();
	}

	private void writeFrom(int index, int count, CountDownLatch written, Queue<Throwable> failures) {
		if (index == count) {
			return;
		}
		this.socket.write(text("m" + index), (failure) -> {
			if (failure != null) {
				failures.add(failure);
			}
			written.countDown();
			writeFrom(index + 1, count, written, failures);
		});
	}

	@Test
	void bigMessagesBothWays() throws Exception {
		String big = "\u20ac\ud83d\ude00x".repeat(Dials.MAX_FRAME_SIZE / 10);
		byte[] bytes = big.getBytes(StandardCharsets.UTF_8);
		RecordingListener listener = this.pair.start();
		// Cut within a character.
		this.peer.write(HandPeer.frame(false, HandPeer.TEXT, Arrays.copyOf(bytes, 100_001)));
		this.peer.write(HandPeer.frame(false, HandPeer.CONTINUATION, new byte[0]));
		this.peer.write(HandPeer.frame(true, HandPeer.PING, new byte[] { 7 }));
		this.peer.write(HandPeer.frame(true, HandPeer.CONTINUATION, Arrays.copyOfRange(bytes, 100_001, bytes.length)));
		listener.expect("text " + big);
		HandPeer.Received pong = this.peer.next();
		assertThat(pong.opcode()).isEqualTo(HandPeer.PONG);
		assertThat(pong.payload()).containsExactly(7);
		this.peer.write(HandPeer.frame(false, HandPeer.BINARY, Arrays.copyOf(bytes, 70_000)));
		this.peer.write(HandPeer.frame(true, HandPeer.CONTINUATION, Arrays.copyOfRange(bytes, 70_000, bytes.length)));
		listener.expect("binary " + new String(bytes, StandardCharsets.ISO_8859_1));
		CompletableFuture<@Nullable Throwable> done = start(text(big));
		assertThat(this.peer.next().text()).isEqualTo(big);
		assertThat(Dials.get(done)).isNull();
		done = start(new WireFrame(bytes, true));
		assertThat(this.peer.next().payload()).isEqualTo(bytes);
		assertThat(Dials.get(done)).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { HandPeer.TEXT, HandPeer.BINARY })
	void tooBigMessageIsToldAndTheCloseStillWorks(int opcode) throws Exception {
		RecordingListener listener = this.pair.start();
		byte[] most = new byte[Dials.MAX_FRAME_SIZE];
		Arrays.fill(most, (byte) 'x');
		this.peer.write(HandPeer.frame(false, opcode, most));
		this.peer.write(HandPeer.frame(false, HandPeer.CONTINUATION, new byte[1]));
		listener.expect("too big");
		this.peer.write(HandPeer.frame(true, HandPeer.CONTINUATION, most));
		this.peer.write(HandPeer.text("not told"));
		this.socket.close(new CloseReason(CloseReason.TOO_BIG, "too much"));
		assertThat(this.peer.next().reason()).isEqualTo("1008 too much");
		this.peer.write(HandPeer.close(1008, ""));
		listener.expect("close 1008");
		assertThat(listener.rest()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "1000,1000", "1001,1001", "1002,1008", "1003,1008", "1007,1008", "1008,1008", "1009,1008", "1010,1008",
			"1011,1011", "1012,1008", "1013,1008", "1014,1008", "3000,3000", "4999,4999" })
	void closeSendsTheCodeOrTheNearestOne(int code, int sent) throws Exception {
		RecordingListener listener = this.pair.start();
		this.socket.close(CloseReason.sendable(code, "why \u20ac"));
		this.socket.close(CloseReason.sendable(4000, "not sent"));
		HandPeer.Received close = this.peer.next();
		assertThat(close.opcode()).isEqualTo(HandPeer.CLOSE);
		assertThat(close.reason()).isEqualTo(sent + " why \u20ac");
		this.peer.write(HandPeer.text("on its way"));
		this.peer.write(HandPeer.close(4001, "agreed"));
		listener.expect("text on its way", "close 4001 agreed");
		this.peer.awaitEnd();
		assertThat(write(text("late"))).isNotNull();
		assertThat(listener.rest()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1000, 1001, 1002, 1009, 1011, 1013, 3000, 4999 })
	void codeOfThePeerIsTold(int code) throws Exception {
		RecordingListener listener = this.pair.start();
		this.peer.write(HandPeer.text("last"));
		this.peer.write(HandPeer.close(code, "bye \u20ac"));
		listener.expect("text last", "close " + code + " bye \u20ac");
		HandPeer.Received answer = this.peer.next();
		assertThat(answer.opcode()).isEqualTo(HandPeer.CLOSE);
		assertThat(answer.reason()).startsWith(code + " ");
		this.peer.awaitEnd();
		this.socket.close(CloseReason.sendable(1000, ""));
		assertThat(listener.rest()).isEmpty();
	}

	@Test
	void closeWithoutCodeIs1005() throws Exception {
		RecordingListener listener = this.pair.start();
		this.peer.write(HandPeer.frame(true, HandPeer.CLOSE, new byte[0]));
		listener.expect("close 1005");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void streamThatEndsMidFrameIs1006(boolean reset) throws Exception {
		this.pair.close();
		// The JDK misses an end that arrives while it delivers what precedes it; then the
		// heart beat tells.
		this.pair = Dials.open(this.server, Duration.ofSeconds(1));
		this.socket = this.pair.socket();
		this.peer = this.pair.peer();
		RecordingListener listener = this.pair.start();
		this.peer.write(HandPeer.text("whole"));
		byte[] frame = HandPeer.text("never told as a whole");
		this.peer.write(Arrays.copyOf(frame, frame.length - 3));
		listener.expect("text whole");
		if (reset) {
			this.peer.reset();
		}
		else {
			this.peer.close();
		}
		listener.expect("close 1006");
		assertThat(write(text("late"))).isNotNull();
		assertThat(listener.rest()).isEmpty();
	}

	@Test
	void peerThatBreaksTheRulesOfWebSocketIsGone() throws Exception {
		RecordingListener listener = this.pair.start();
		this.peer.write(HandPeer.frame(true, 3, new byte[0]));
		listener.expect("close 1006");
		this.peer.awaitEnd();
	}

	@Test
	void closeThatIsNotAnsweredEndsAllTheSame() throws Exception {
		RecordingListener listener = this.pair.start();
		this.socket.close(CloseReason.sendable(1000, "bye"));
		assertThat(this.peer.next().reason()).isEqualTo("1000 bye");
		listener.expect("close 1006");
		this.peer.awaitReset();
		assertThat(listener.rest()).isEmpty();
	}

	@Test
	void closeBeforeTheStartIsToldAtTheStart() throws Exception {
		this.peer.write(HandPeer.text("for nobody"));
		this.socket.close(CloseReason.sendable(1000, "bye"));
		assertThat(this.peer.next().reason()).isEqualTo("1000 bye");
		this.peer.write(HandPeer.close(1000, "agreed"));
		this.peer.awaitEnd();
		RecordingListener listener = this.pair.start();
		listener.expect("close 1000 agreed");
		assertThat(listener.rest()).isEmpty();
	}

	@Test
	void reasonThatCannotBeSentAborts() throws Exception {
		RecordingListener listener = this.pair.start();
		this.socket.close(new CloseReason(1000, "x".repeat(124)));
		listener.expect("close 1006");
		this.peer.awaitEnd();
	}

	@Test
	void closeFollowsTheWriteThatIsUnderWay() throws Exception {
		RecordingListener listener = this.pair.start();
		String big = "x".repeat(100_000);
		CompletableFuture<@Nullable Throwable> done = start(text(big));
		this.socket.close(CloseReason.sendable(1000, "bye"));
		assertThat(this.peer.next().text()).isEqualTo(big);
		assertThat(this.peer.next().reason()).isEqualTo("1000 bye");
		this.peer.write(HandPeer.close(1000, ""));
		listener.expect("close 1000");
		assertThat(Dials.get(done)).isNull();
	}

	@Test
	void closeEndsAWriteThatIsStuck() throws Exception {
		RecordingListener listener = this.pair.start();
		CompletableFuture<@Nullable Throwable> done = start(text("x".repeat(HUGE)));
		this.socket.close(CloseReason.sendable(1000, "bye"));
		listener.expect("close 1006");
		assertThat(Dials.get(done)).isInstanceOf(IOException.class);
		this.peer.awaitReset();
		assertThat(listener.rest()).isEmpty();
	}

	@Test
	void closeOfThePeerEndsAWriteThatIsStuck() throws Exception {
		RecordingListener listener = this.pair.start();
		CompletableFuture<@Nullable Throwable> done = start(new WireFrame(new byte[HUGE], true));
		this.peer.write(HandPeer.close(1001, "restart"));
		listener.expect("close 1001 restart");
		assertThat(Dials.get(done)).isInstanceOf(IOException.class);
		assertThat(listener.rest()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void writesToAPeerThatVanishedFail(boolean binary) throws Exception {
		this.peer.reset();
		Queue<String> told = new ConcurrentLinkedQueue<>();
		WireFrame frame = new WireFrame(new byte[] { 'x' }, binary);
		// The network needs a moment to notice.
		await().until(() -> write(frame) != null);
		this.socket.write(frame, (failure) -> told.add((failure != null) ? "failed" : "done"));
		await().until(() -> !told.isEmpty());
		this.socket.close(CloseReason.sendable(1000, ""));
		RecordingListener listener = this.pair.start();
		listener.expect("close 1006");
		assertThat(listener.rest()).isEmpty();
		assertThat(told).containsExactly("failed");
	}

	@Test
	void secondWriteAtATimeFailsInItsCallback() throws Exception {
		start(text("x".repeat(HUGE)));
		assertThat(write(text("too early"))).isInstanceOf(IllegalStateException.class);
	}

	private static WireFrame text(String text) {
		return new WireFrame(text.getBytes(StandardCharsets.UTF_8), false);
	}

	private CompletableFuture<@Nullable Throwable> start(WireFrame frame) {
		CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();
		this.socket.write(frame, (failure) -> {
			if (!done.complete(failure)) {
				throw new IllegalStateException("The callback was called twice");
			}
		});
		return done;
	}

	/** Why the write failed, or {@code null}. */
	private @Nullable Throwable write(WireFrame frame) throws Exception {
		return Dials.get(start(frame));
	}

}
