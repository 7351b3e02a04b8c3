package io.neffos.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import io.neffos.HandshakeInfo;
import io.neffos.nio.IoLoop;
import io.neffos.nio.StreamSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that can stop reading and go on, and speaks the wire by hand. */
abstract class PacedClient {

	private final String id;

	private final Consumer<String> received;

	private final CompletableFuture<@Nullable Void> closed = new CompletableFuture<>();

	private volatile String last = "";

	private int tokens;

	private PacedClient(String id, Consumer<String> received) {
		this.id = id;
		this.received = received;
	}

	/** Reads on the threads of those who write. */
	static PacedClient inMemory(DefaultNeffosServer server, String id, Consumer<String> received) {
		InMemory client = new InMemory(id, received);
		client.server = server.open(client, handshake(), id);
		return client;
	}

	/** Reads from a socket that the loop of a server writes. */
	static PacedClient overLoop(DefaultNeffosServer server, String id, IoLoop loop, Executor threads,
			Consumer<String> received) {
		try (ServerSocketChannel listening = ServerSocketChannel.open()) {
			listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			SocketChannel channel = SocketChannel.open();
			// Little is kept by the system, so that a client that does not read is
			// noticed.
			channel.setOption(StandardSocketOptions.SO_RCVBUF, 8192);
			channel.connect(listening.getLocalAddress());
			SocketChannel accepted = listening.accept();
			accepted.setOption(StandardSocketOptions.SO_SNDBUF, 8192);
			accepted.configureBlocking(false);
			StreamSocket socket = StreamSocket.over(accepted, ByteBuffer.allocate(0), () -> close(accepted), loop);
			OverLoop client = new OverLoop(id, channel, received);
			socket.start(server.open(socket, handshake(), id));
			threads.execute(client::read);
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static HandshakeInfo handshake() {
		return new HandshakeInfo(URI.create("ws://localhost/neffos"), Map.of(), null, null, null);
	}

	private static void close(SocketChannel channel) {
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Acknowledge, connect and join. Nothing else may arrive meanwhile. */
	PacedClient enter(String namespace, String... rooms) {
		request("M", "A" + this.id);
		connect(namespace, "", "_OnNamespaceConnect");
		for (String room : rooms) {
			connect(namespace, room, "_OnRoomJoin");
		}
		return this;
	}

	private void connect(String namespace, String room, String event) {
		String token = "$" + ++this.tokens;
		request(token + ";" + namespace + ";" + room + ";" + event + ";0;0;", token + ";;;;;;");
	}

	private void request(String frame, String answer) {
		say(frame);
		await().atMost(Duration.ofSeconds(20))
			.pollInterval(Duration.ofMillis(1))
			.untilAsserted(() -> assertThat(this.last).as("answer to " + frame).isEqualTo(answer));
	}

	String id() {
		return this.id;
	}

	boolean isClosed() {
		return this.closed.isDone();
	}

	abstract void say(String frame);

	/** Read nothing more, apart from what is under way. */
	abstract void stall();

	abstract void resume();

	void hear(String text) {
		this.last = text;
		this.received.accept(text);
	}

	void ended() {
		this.closed.complete(null);
	}

	private static final class InMemory extends PacedClient implements MessageSocket {

		private volatile @Nullable SocketListener server;

		/** Guarded by this. */
		private boolean stalled;

		private @Nullable Runnable held;

		private InMemory(String id, Consumer<String> received) {
			super(id, received);
		}

		@Override
		void say(String frame) {
			SocketListener listener = this.server;
			if (listener != null) {
				listener.onFrame(frame.getBytes(StandardCharsets.UTF_8), false);
			}
		}

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			Runnable write = () -> {
				hear(frame.text());
				done.accept(null);
			};
			synchronized (this) {
				if (this.stalled) {
					this.held = write;
					return;
				}
			}
			write.run();
		}

		@Override
		public void close(CloseReason reason) {
			SocketListener listener = this.server;
			if (!isClosed() && listener != null) {
				ended();
				listener.onClose(reason);
			}
		}

		@Override
		synchronized void stall() {
			this.stalled = true;
		}

		@Override
		void resume() {
			Runnable write;
			synchronized (this) {
				this.stalled = false;
				write = this.held;
				this.held = null;
			}
			if (write != null) {
				write.run();
			}
		}

	}

	private static final class OverLoop extends PacedClient {

		private final SocketChannel channel;

		private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();

		private OverLoop(String id, SocketChannel channel, Consumer<String> received) {
			super(id, received);
			this.channel = channel;
		}

		void read() {
			try (DataInputStream in = new DataInputStream(Channels.newInputStream(this.channel))) {
				while (true) {
					CountDownLatch closedGate = this.gate.get();
					if (closedGate != null) {
						closedGate.await();
					}
					int first = in.readUnsignedByte();
					int length = in.readUnsignedByte();
					byte[] content = new byte[(length == 126) ? in.readUnsignedShort() : length];
					in.readFully(content);
					if (first != 0x81) {
						return;
					}
					hear(new String(content, StandardCharsets.UTF_8));
				}
			}
			catch (IOException ex) {
				// The server has closed, or the test is over.
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			finally {
				ended();
			}
		}

		/** Masked with zeros, which changes nothing. */
		@Override
		void say(String frame) {
			byte[] content = frame.getBytes(StandardCharsets.UTF_8);
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			out.write(0x81);
			if (content.length < 126) {
				out.write(0x80 | content.length);
			}
			else {
				out.writeBytes(new byte[] { (byte) 0xFE, (byte) (content.length >> 8), (byte) content.length });
			}
			out.writeBytes(new byte[4]);
			out.writeBytes(content);
			try {
				this.channel.write(ByteBuffer.wrap(out.toByteArray()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		void stall() {
			this.gate.set(new CountDownLatch(1));
		}

		@Override
		void resume() {
			CountDownLatch closedGate = this.gate.getAndSet(null);
			if (closedGate != null) {
				closedGate.countDown();
			}
		}

	}

}
