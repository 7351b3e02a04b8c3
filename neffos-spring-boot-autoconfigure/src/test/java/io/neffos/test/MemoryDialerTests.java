package io.neffos.test;

import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Tests for {@link MemoryDialer} and the sockets it makes. */
class MemoryDialerTests {

	private static final DialRequest REQUEST = new DialRequest(URI.create("ws://localhost/neffos"), Map.of(), List.of(),
			Duration.ofSeconds(5), 1000);

	private final ChatServer chat = new ChatServer();

	private final MemoryPipe toA = new MemoryPipe(10);

	private final MemoryPipe toB = new MemoryPipe(10);

	private final MemorySocket a = new MemorySocket(this.toA, this.toB, null);

	private final MemorySocket b = new MemorySocket(this.toB, this.toA, null);

	@AfterEach
	void close() {
		this.chat.close();
	}

	@Test
	void opensAtTheServer() throws Exception {
		DialedSocket socket = MemoryDialer.to(this.chat.server()).ids((handshake) -> "one").dial(REQUEST).get();
		socket.write(frame("M"), (failure) -> {
		});
		Received received = new Received();
		socket.start(received);
		assertThat(received.first.get()).isEqualTo("Aone");
		assertThat(this.chat.server().connection("one")).isNotNull();
		socket.close(new CloseReason(1000, "bye"));
		assertThat(this.chat.server().connection("one")).isNull();
	}

	@Test
	void closedServerIsNotThere() {
		MemoryDialer dialer = MemoryDialer.to(this.chat.server());
		assertThat(dialer.probe(REQUEST)).isCompleted();
		this.chat.server().close();
		assertThat(dialer.dial(REQUEST)).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(DialException.class);
		assertThat(dialer.probe(REQUEST)).isCompletedExceptionally();
	}

	@Test
	void whatComesBeforeTheStartIsKept() {
		Received received = new Received();
		write(this.a, "one");
		write(this.a, "two");
		this.a.close(new CloseReason(4000, "done"));
		this.b.start(received);
		assertThat(received.all).containsExactly("one", "two", "4000 done");
		assertThatIllegalStateException().isThrownBy(() -> this.b.start(received));
	}

	@Test
	void closeReachesBothEndsOnceAndEndsWriting() {
		Received atA = new Received();
		Received atB = new Received();
		this.a.start(atA);
		this.b.start(atB);
		this.b.close(new CloseReason(4000, "first"));
		this.a.close(new CloseReason(4001, "second"));
		assertThat(atA.all).containsExactly("4000 first");
		assertThat(atB.all).containsExactly("4000 first");
		AtomicReference<Throwable> failure = new AtomicReference<>();
		this.a.write(frame("late"), failure::set);
		assertThat(failure.get()).isInstanceOf(ClosedChannelException.class);
		assertThat(atB.all).hasSize(1);
	}

	@Test
	void messageThatIsTooBigIsNotDelivered() {
		Received received = new Received();
		this.b.start(received);
		write(this.a, "0123456789");
		write(this.a, "01234567890");
		assertThat(received.all).containsExactly("0123456789", "too big");
	}

	@Test
	void receiverMayChangeItsBytes() {
		byte[] bytes = { 'a' };
		this.b.start(new Received() {
			@Override
			public void onFrame(byte[] given, boolean binary) {
				given[0] = 'z';
			}
		});
		this.a.write(new WireFrame(bytes, true), (failure) -> {
		});
		assertThat(bytes).containsExactly('a');
	}

	@Test
	void answersAreDeliveredWhenTheCallHasReturned() {
		List<String> steps = new CopyOnWriteArrayList<>();
		this.a.start(new Received() {
			@Override
			public void onFrame(byte[] bytes, boolean binary) {
				String text = new String(bytes, StandardCharsets.UTF_8);
				steps.add("a begins " + text);
				if (!text.equals("3")) {
					write(MemoryDialerTests.this.a, text);
				}
				steps.add("a ends " + text);
			}
		});
		AtomicInteger count = new AtomicInteger(1);
		this.b.start(new Received() {
			@Override
			public void onFrame(byte[] bytes, boolean binary) {
				write(MemoryDialerTests.this.b, String.valueOf(count.incrementAndGet()));
			}
		});
		write(this.b, "1");
		assertThat(steps).containsExactly("a begins 1", "a ends 1", "a begins 2", "a ends 2", "a begins 3", "a ends 3");
	}

	@Test
	void manyWritersMeetOneReaderInOrder() throws Exception {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		List<String> received = new CopyOnWriteArrayList<>();
		this.b.start(new Received() {
			@Override
			public void onFrame(byte[] bytes, boolean binary) {
				most.accumulateAndGet(inside.incrementAndGet(), Math::max);
				received.add(new String(bytes, StandardCharsets.UTF_8));
				inside.decrementAndGet();
			}
		});
		ExecutorService writers = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> done = new CopyOnWriteArrayList<>();
			for (String name : List.of("p", "q", "r", "s")) {
				done.add(writers.submit(() -> {
					for (int i = 0; i < 500; i++) {
						write(this.a, name + i);
					}
				}));
			}
			for (Future<?> each : done) {
				each.get();
			}
		}
		finally {
			writers.shutdownNow();
		}
		assertThat(most).hasValue(1);
		assertThat(received).hasSize(2000);
		for (String name : List.of("p", "q", "r", "s")) {
			assertThat(received.stream().filter((text) -> text.startsWith(name)).map((text) -> text.substring(1)))
				.isSortedAccordingTo(java.util.Comparator.comparingInt(Integer::parseInt));
		}
	}

	private static WireFrame frame(String text) {
		return new WireFrame(text.getBytes(StandardCharsets.UTF_8), false);
	}

	private static void write(DialedSocket socket, String text) {
		socket.write(frame(text), (failure) -> assertThat(failure).isNull());
	}

	/** Remembers. */
	private static class Received implements SocketListener {

		final List<String> all = new CopyOnWriteArrayList<>();

		final CompletableFuture<String> first = new CompletableFuture<>();

		@Override
		public void onFrame(byte[] bytes, boolean binary) {
			String text = new String(bytes, StandardCharsets.UTF_8);
			this.all.add(text);
			this.first.complete(text);
		}

		@Override
		public void onTooBig() {
			this.all.add("too big");
		}

		@Override
		public void onClose(CloseReason reason) {
			this.all.add(reason.code() + " " + reason.reason());
		}

	}

}
