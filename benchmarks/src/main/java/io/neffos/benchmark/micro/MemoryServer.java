package io.neffos.benchmark.micro;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.neffos.HandshakeInfo;
import io.neffos.Namespaces;
import io.neffos.engine.EngineSettings;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * A server whose sockets are memory: a write is counted and done at once. Handlers run on
 * the calling thread, so that no change of threads is measured.
 */
final class MemoryServer implements AutoCloseable {

	static final String NAMESPACE = "default";

	/** One client sends all there is. */
	private static final Set<String> UNBOUNDED = Set.of("maxInboundRate");

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final AtomicLong written = new AtomicLong();

	private final DefaultNeffosServer server;

	MemoryServer() {
		this.server = DefaultNeffosServer
			.builder(Namespaces.builder().namespace(NAMESPACE, (events) -> events.relay(true)).build())
			.settings(settings())
			.handlers(Runnable::run)
			.timer(this.timer)
			.build();
	}

	/** The defaults, whatever there will be of them, without a rate or a gap. */
	private static EngineSettings settings() {
		RecordComponent[] components = EngineSettings.class.getRecordComponents();
		try {
			Object[] values = new Object[components.length];
			for (int i = 0; i < values.length; i++) {
				values[i] = UNBOUNDED.contains(components[i].getName()) ? Integer.valueOf(0)
						: components[i].getName().equals("connectGap") ? Duration.ZERO
								: components[i].getAccessor().invoke(EngineSettings.DEFAULTS);
			}
			Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
			return EngineSettings.class.getDeclaredConstructor(types).newInstance(values);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	DefaultNeffosServer server() {
		return this.server;
	}

	/** Open a connection that is connected to the namespace. */
	Client connect(String id) {
		HandshakeInfo handshake = new HandshakeInfo(URI.create("/neffos"), Map.of(), null, null, null);
		AtomicLong received = new AtomicLong();
		SocketListener listener = this.server.open(new CountingSocket(this.written, received), handshake, id);
		say(listener, "M");
		say(listener, "$0;" + NAMESPACE + ";;_OnNamespaceConnect;0;0;");
		await(received, 2);
		return new Client(listener, received);
	}

	private static void say(SocketListener listener, String frame) {
		listener.onFrame(frame.getBytes(StandardCharsets.UTF_8), false);
	}

	/** How many messages have been written to all sockets together. */
	long written() {
		return this.written.get();
	}

	/** Wait until so many are written, whichever thread writes them. */
	void awaitWritten(long count) {
		await(this.written, count);
	}

	private static void await(AtomicLong counter, long count) {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
		while (counter.get() < count) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("Only %d of %d messages were written".formatted(counter.get(), count));
			}
			Thread.onSpinWait();
		}
	}

	@Override
	public void close() {
		this.server.close();
		this.timer.shutdownNow();
	}

	/** The far end of a connection. */
	record Client(SocketListener listener, AtomicLong received) {

		void join(String room) {
			request(room, "_OnRoomJoin");
		}

		void leave(String room) {
			request(room, "_OnRoomLeave");
		}

		/** Ask, and wait for the reply: a request that fails unseen would be fast. */
		private void request(String room, String event) {
			long before = this.received.get();
			say(this.listener, "$1;" + NAMESPACE + ";" + room + ";" + event + ";0;0;");
			await(this.received, before + 1);
		}

	}

	private record CountingSocket(AtomicLong all, AtomicLong own) implements MessageSocket {

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			this.all.incrementAndGet();
			this.own.incrementAndGet();
			done.accept(null);
		}

		@Override
		public void close(CloseReason reason) {
			// Nobody is there.
		}

	}

}
