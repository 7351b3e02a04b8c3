package io.neffos.testkit;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.neffos.Namespaces;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.ReconnectPolicy;
import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that speaks the wire by hand and in memory, to one client. Waits for frames,
 * never for time.
 */
public final class WireServer implements AutoCloseable {

	private final BlockingQueue<WireFrame> received = new LinkedBlockingQueue<>();

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	private final SocketPair line = new SocketPair((socket, request) -> {
		this.socket = socket;
		return new Listener();
	});

	private volatile @Nullable MessageSocket socket;

	/** A client that is acknowledged as {@code c1} and does not come back. */
	public NeffosClient dial(Namespaces namespaces) {
		return dial(namespaces, (builder) -> builder);
	}

	public NeffosClient dial(Namespaces namespaces, UnaryOperator<NeffosClientBuilder> customizer) {
		CompletableFuture<NeffosClient> client = customizer.apply(builder(namespaces)).dialAsync();
		assertThat(next()).isEqualTo("M");
		say("Ac1");
		return client.join();
	}

	public NeffosClientBuilder builder(Namespaces namespaces) {
		return NeffosClient.builder()
			.uri("ws://localhost/neffos")
			.namespaces(namespaces)
			.reconnect(ReconnectPolicy.NEVER)
			.dialer(this.line);
	}

	public SocketPair line() {
		return this.line;
	}

	/** Send a text frame as it is. */
	public WireServer say(String frame) {
		write(new WireFrame(frame.getBytes(StandardCharsets.UTF_8), false));
		return this;
	}

	/** Send a binary frame as it is. */
	public WireServer sayBinary(byte[] frame) {
		write(new WireFrame(frame, true));
		return this;
	}

	private void write(WireFrame frame) {
		MessageSocket open = this.socket;
		assertThat(open).as("a client has dialled").isNotNull();
		open.write(frame, (failure) -> {
		});
	}

	/** The next frame of the client. */
	public WireFrame nextFrame() {
		try {
			WireFrame frame = this.received.poll(20, TimeUnit.SECONDS);
			assertThat(frame).as("next frame of the client").isNotNull();
			return frame;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The next frame of the client, as text. */
	public String next() {
		return nextFrame().text();
	}

	/** Take a request, without its token and the flags, and answer it with yes. */
	public WireServer accept(String expected) {
		String request = next();
		assertThat(request.substring(request.indexOf(';') + 1)).isEqualTo(expected + ";0;0;");
		return answer(request);
	}

	/** Answer a request of the client with yes. */
	public WireServer answer(String request) {
		return say(request.substring(0, request.indexOf(';')) + ";;;;;;");
	}

	/** Answer a request of the client with no. */
	public WireServer refuse(String request, String text) {
		String[] fields = request.split(";", 7);
		return say(fields[0] + ";" + fields[1] + ";" + fields[2] + ";" + fields[3] + ";1;0;" + text);
	}

	/** Nothing was sent since the last frame taken, up to the answer to a question. */
	public WireServer expectNothing() {
		say("4242;no such namespace;;sync;0;0;");
		assertThat(next()).isEqualTo("4242;no such namespace;;sync;1;0;bad namespace");
		return this;
	}

	/** Close with a close frame. */
	public void hangUp(int code, String reason) {
		MessageSocket open = this.socket;
		assertThat(open).isNotNull();
		open.close(new CloseReason(code, reason));
	}

	/** How the line ended. */
	public CloseReason closed() {
		return this.closed.orTimeout(20, TimeUnit.SECONDS).join();
	}

	@Override
	public void close() {
		this.line.close();
	}

	private final class Listener implements SocketListener {

		@Override
		public void onFrame(byte[] bytes, boolean binary) {
			WireServer.this.received.add(new WireFrame(bytes, binary));
		}

		@Override
		public void onTooBig() {
			throw new AssertionError("too big");
		}

		@Override
		public void onClose(CloseReason reason) {
			WireServer.this.closed.complete(reason);
		}

	}

}
