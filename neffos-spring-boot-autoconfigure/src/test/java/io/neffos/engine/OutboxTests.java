package io.neffos.engine;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Expendable;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Order, bounds and ends of what is written, whoever completes the writes. */
@Timeout(30)
class OutboxTests {

	private static final CloseReason BYE = new CloseReason(4000, "bye");

	private static final Duration LONG = Duration.ofHours(1);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	private final List<String> events = Collections.synchronizedList(new ArrayList<>());

	private final ThreadLocal<Wakes> wakes = ThreadLocal.withInitial(Wakes::new);

	OutboxTests() {
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.timer.shutdownNow();
	}

	/** What was queued and not written yet is written by {@link #flush()}. */
	private boolean queued(Outbox outbox, WireFrame frame) {
		return outbox.add(frame, this.wakes.get());
	}

	private void flush() {
		Wakes mine = this.wakes.get();
		this.wakes.remove();
		mine.run();
	}

	private Outbox outbox(MessageSocket socket, EngineSettings settings) {
		return new Outbox(socket, settings, this.timer, new Outbox.Listener() {

			@Override
			public void overflown() {
				OutboxTests.this.events.add("overflown");
			}

			@Override
			public void dropped(Expendable rule, int count) {
				OutboxTests.this.events.add("dropped " + count);
			}

			@Override
			public void failed(Throwable failure) {
				OutboxTests.this.events.add("failed " + failure.getMessage());
			}

		});
	}

	private static EngineSettings settings(int frames, int bytes) {
		return TestServer.settings(TestServer.SETTINGS).sendTimeout(LONG).outbox(frames, bytes).build();
	}

	private static WireFrame frame(String text) {
		return new WireFrame(text.getBytes(StandardCharsets.UTF_8), false);
	}

	/** The test ends the writes. */
	private static final class HeldSocket implements MessageSocket {

		private final List<String> written = new ArrayList<>();

		private final Queue<Consumer<@Nullable Throwable>> held = new ConcurrentLinkedQueue<>();

		private final List<CloseReason> closes = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			this.written.add(frame.text());
			this.held.add(done);
		}

		@Override
		public void close(CloseReason reason) {
			this.closes.add(reason);
		}

		void end(@Nullable Throwable failure) {
			this.held.remove().accept(failure);
		}

	}

	@Test
	void writesWhatManyThreadsSendInTheOrderOfEachAndOneAtATime() throws Exception {
		int producers = 6;
		int each = 4_000;
		List<String> written = new ArrayList<>();
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger overlaps = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(producers * each);
		Outbox outbox = outbox(new MessageSocket() {

			@Override
			public void write(WireFrame frame, Consumer<@Nullable Throwable> told) {
				if (inside.incrementAndGet() != 1) {
					overlaps.incrementAndGet();
				}
				written.add(frame.text());
				boolean inline = written.size() % 3 == 0;
				Runnable end = () -> {
					inside.decrementAndGet();
					told.accept(null);
					done.countDown();
				};
				if (inline) {
					end.run();
				}
				else {
					OutboxTests.this.threads.execute(end);
				}
			}

			@Override
			public void close(CloseReason reason) {
			}

		}, settings(Integer.MAX_VALUE, Integer.MAX_VALUE));
		for (int p = 0; p < producers; p++) {
			int producer = p;
			this.threads.execute(() -> {
				for (int i = 0; i < each; i++) {
					queued(outbox, frame(producer + ":" + i));
					flush();
				}
			});
		}
		done.await();
		assertThat(overlaps).hasValue(0);
		int[] next = new int[producers];
		for (String text : written) {
			String[] parts = text.split(":", 2);
			assertThat(Integer.parseInt(parts[1])).isEqualTo(next[Integer.parseInt(parts[0])]++);
		}
	}

	@Test
	void neverWaitsForASocketThatHasStopped() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(1000, Integer.MAX_VALUE));
		for (int i = 0; i < 1000; i++) {
			assertThat(queued(outbox, frame("x"))).isTrue();
			flush();
		}
		assertThat(socket.written).hasSize(1);
		assertThat(this.events).isEmpty();
	}

	@Test
	void manyInlineWritesDoNotGrowTheStack() {
		HeldSocket socket = new HeldSocket();
		AtomicInteger count = new AtomicInteger();
		Outbox outbox = outbox(new MessageSocket() {

			@Override
			public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
				if (count.incrementAndGet() == 1) {
					socket.write(frame, done);
					return;
				}
				done.accept(null);
			}

			@Override
			public void close(CloseReason reason) {
			}

		}, settings(Integer.MAX_VALUE, Integer.MAX_VALUE));
		for (int i = 0; i < 50_000; i++) {
			queued(outbox, frame("x"));
			flush();
		}
		assertThat(count).hasValue(1);
		socket.end(null);
		assertThat(count).hasValue(50_000);
	}

	@Test
	void overflowsByCountOnceAndForGood() throws Exception {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, Integer.MAX_VALUE));
		int producers = 4;
		CountDownLatch done = new CountDownLatch(producers);
		for (int p = 0; p < producers; p++) {
			this.threads.execute(() -> {
				for (int i = 0; i < 100; i++) {
					queued(outbox, frame("x"));
					flush();
				}
				done.countDown();
			});
		}
		done.await();
		assertThat(this.events).containsExactly("overflown");
		assertThat(queued(outbox, frame("x"))).isFalse();
		socket.end(null);
		assertThat(socket.written).as("what waited was given up").hasSize(1);
	}

	@Test
	void overflowsByBytes() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(Integer.MAX_VALUE, 10));
		queued(outbox, frame("on its way"));
		flush();
		queued(outbox, frame("12345"));
		queued(outbox, frame("12345"));
		flush();
		assertThat(this.events).isEmpty();
		queued(outbox, frame("1"));
		flush();
		assertThat(this.events).containsExactly("overflown");
	}

	@Test
	void overflowsByAWriteThatIsStuck() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket,
				TestServer.settings(TestServer.SETTINGS).sendTimeout(Duration.ofNanos(1)).build());
		queued(outbox, frame("stuck"));
		flush();
		await().until(() -> {
			queued(outbox, frame("x"));
			flush();
			return !this.events.isEmpty();
		});
		assertThat(this.events).containsExactly("overflown");
	}

	@Test
	void closesAfterWhatIsQueued() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		queued(outbox, frame("a"));
		queued(outbox, frame("b"));
		outbox.closeWhenWritten(BYE, LONG);
		assertThat(queued(outbox, frame("late"))).isFalse();
		assertThat(this.timer.getQueue()).hasSize(1);
		socket.end(null);
		assertThat(socket.closes).isEmpty();
		socket.end(null);
		assertThat(socket.closes).containsExactly(BYE);
		assertThat(socket.written).containsExactly("a", "b");
		assertThat(this.timer.getQueue()).as("nothing is left behind").isEmpty();
	}

	@Test
	void closesAtOnceWhenNothingIsQueued() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		outbox.closeWhenWritten(BYE, LONG);
		assertThat(socket.closes).containsExactly(BYE);
		assertThat(this.timer.getQueue()).isEmpty();
	}

	@Test
	void waitsForThePeerToReadOnlySoLong() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		queued(outbox, frame("a"));
		queued(outbox, frame("b"));
		outbox.closeWhenWritten(BYE, Duration.ofMillis(1));
		await().untilAsserted(() -> assertThat(socket.closes).containsExactly(BYE));
		socket.end(null);
		assertThat(socket.written).containsExactly("a");
	}

	@Test
	void closeThatMeetsAnOverflowNobodyHasToldYetClosesTheSocket() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(1, 100));
		queued(outbox, frame("a"));
		queued(outbox, frame("too many"));
		outbox.closeWhenWritten(BYE, LONG);
		assertThat(socket.closes).containsExactly(BYE);
		assertThat(this.timer.getQueue()).isEmpty();
	}

	@Test
	void writeThatFailsWhileClosingClosesTheSocket() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		queued(outbox, frame("a"));
		queued(outbox, frame("b"));
		outbox.closeWhenWritten(BYE, LONG);
		socket.end(new IOException("gone"));
		assertThat(socket.closes).containsExactly(BYE);
		assertThat(socket.written).containsExactly("a");
		assertThat(this.timer.getQueue()).isEmpty();
	}

	@Test
	void closeAfterAFailureClosesTheSocket() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		queued(outbox, frame("a"));
		flush();
		socket.end(new IOException("gone"));
		outbox.closeWhenWritten(BYE, LONG);
		assertThat(socket.closes).containsExactly(BYE);
	}

	@Test
	void failingWriteIsToldOnceAndGivesUpTheRest() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, settings(10, 100));
		queued(outbox, frame("a"));
		queued(outbox, frame("b"));
		flush();
		socket.end(new SocketTimeoutException("slow"));
		assertThat(this.events).containsExactly("failed slow");
		assertThat(queued(outbox, frame("c"))).isFalse();
		flush();
		assertThat(socket.written).containsExactly("a");
	}

	@Test
	void nothingFollowsTheReplyToAConnectUntilThePeerSpeaksThere() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, TestServer.settings(TestServer.SETTINGS).connectGap(LONG).build());
		outbox.addConnectReply(frame("reply"), "chat");
		queued(outbox, frame("next"));
		flush();
		socket.end(null);
		assertThat(socket.written).containsExactly("reply");
		outbox.peerSpoke("other");
		assertThat(socket.written).containsExactly("reply");
		outbox.peerSpoke("chat");
		assertThat(socket.written).containsExactly("reply", "next");
	}

	@Test
	void nothingFollowsTheReplyToAConnectUntilALittleTimeHasPassed() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket,
				TestServer.settings(TestServer.SETTINGS).connectGap(Duration.ofMillis(20)).build());
		outbox.addConnectReply(frame("reply"), "chat");
		queued(outbox, frame("next"));
		flush();
		socket.end(null);
		await().until(() -> !socket.held.isEmpty());
		assertThat(socket.written).containsExactly("reply", "next");
	}

	@Test
	void closingDoesNotWaitForTheGap() {
		HeldSocket socket = new HeldSocket();
		Outbox outbox = outbox(socket, TestServer.settings(TestServer.SETTINGS).connectGap(LONG).build());
		outbox.addConnectReply(frame("reply"), "chat");
		queued(outbox, frame("next"));
		flush();
		socket.end(null);
		outbox.closeWhenWritten(BYE, LONG);
		socket.end(null);
		assertThat(socket.written).containsExactly("reply", "next");
		assertThat(socket.closes).containsExactly(BYE);
	}

}
