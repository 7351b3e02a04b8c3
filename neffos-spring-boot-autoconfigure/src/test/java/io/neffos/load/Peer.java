package io.neffos.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * One raw WebSocket client. Its state belongs to the thread of the swarm; what tests call
 * is handed over to it.
 */
public final class Peer {

	/** Without, the kernel would take megabytes that the server does not read. */
	private static final int SEND_BUFFER = 64 * 1024;

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private final Swarm swarm;

	private final PeerListener listener;

	private final CompletableFuture<String> end = new CompletableFuture<>();

	private final AtomicLong written = new AtomicLong();

	private final Queue<ByteBuffer> out = new ArrayDeque<>();

	private ByteBuffer in = ByteBuffer.allocate(16 * 1024);

	private @Nullable SocketChannel channel;

	private @Nullable SelectionKey key;

	private Iterator<String> flood = Collections.emptyIterator();

	private boolean upgraded;

	private boolean deaf;

	private @Nullable String closeFrame;

	Peer(Swarm swarm, PeerListener listener) {
		this.swarm = swarm;
		this.listener = listener;
	}

	/** Send a text message when the messages before it are gone. */
	public void send(String text) {
		send(ClientFrames.text(text));
	}

	/** Send bytes as they are when those before them are gone. */
	public void send(ByteBuffer bytes) {
		this.swarm.execute(() -> {
			this.out.add(bytes);
			write();
		});
	}

	/** Send messages whenever there is nothing else to send and the network takes it. */
	public void flood(Iterator<String> texts) {
		this.swarm.execute(() -> {
			this.flood = texts;
			write();
		});
	}

	/** How many bytes the network has taken. */
	public long written() {
		return this.written.get();
	}

	/** Read no more. */
	public void stopReading() {
		this.swarm.execute(() -> {
			this.deaf = true;
			interest();
		});
	}

	/** Read again what has come, and what comes. */
	public void resumeReading() {
		this.swarm.execute(() -> {
			this.deaf = false;
			interest();
		});
	}

	/** Send a close frame. */
	public void close(int code) {
		send(ClientFrames.close(code));
	}

	/** Vanish with a reset, without a word. */
	public void reset() {
		this.swarm.execute(this::resetNow);
	}

	/** End the connection in the way of TCP, without a close frame. */
	public void finish() {
		this.swarm.execute(() -> ended("finished by this side"));
	}

	/**
	 * How the connection ended.
	 * @return completes with {@code close} and a code when a close frame came before the
	 * end, else with what TCP said
	 */
	public CompletableFuture<String> end() {
		return this.end;
	}

	void connect(Selector selector, InetSocketAddress address, int receiveBuffer) {
		try {
			this.channel = SocketChannel.open();
			this.channel.configureBlocking(false);
			this.channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
			this.channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
			this.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			this.key = this.channel.register(selector, SelectionKey.OP_CONNECT, this);
			this.out.add(StandardCharsets.US_ASCII.encode("GET /neffos HTTP/1.1\r\nHost: localhost:" + address.getPort()
					+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
					+ "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
			this.channel.connect(address);
		}
		catch (IOException ex) {
			ended(ex.toString());
		}
	}

	void handle(SelectionKey ready) {
		try {
			if (ready.isConnectable() && channel().finishConnect()) {
				interest();
			}
			if (ready.isValid() && ready.isWritable()) {
				write();
			}
			if (ready.isValid() && ready.isReadable() && !this.deaf) {
				read();
			}
		}
		catch (IOException ex) {
			ended("reset");
		}
	}

	private void write() {
		SocketChannel to = this.channel;
		if (to == null || !to.isConnected()) {
			return;
		}
		try {
			for (ByteBuffer next = next(); next != null; next = next()) {
				this.written.addAndGet(to.write(next));
				if (next.hasRemaining()) {
					break;
				}
				this.out.remove();
			}
			interest();
		}
		catch (IOException ex) {
			ended("reset");
		}
	}

	private @Nullable ByteBuffer next() {
		if (this.out.isEmpty() && this.flood.hasNext()) {
			this.out.add(ClientFrames.text(this.flood.next()));
		}
		return this.out.peek();
	}

	private void interest() {
		if (this.key != null && this.key.isValid() && channel().isConnected()) {
			this.key
				.interestOps((this.deaf ? 0 : SelectionKey.OP_READ) | (this.out.isEmpty() ? 0 : SelectionKey.OP_WRITE));
		}
	}

	private void read() throws IOException {
		int count = channel().read(this.in);
		this.in.flip();
		while (!this.end.isDone() && (this.upgraded ? frame() : response())) {
			// One after the other.
		}
		this.in.compact();
		if (!this.in.hasRemaining()) {
			this.in = ByteBuffer.allocate(2 * this.in.capacity()).put(this.in.flip());
		}
		if (count < 0) {
			ended((this.closeFrame != null) ? this.closeFrame : "end of stream");
		}
	}

	private boolean response() {
		for (int i = this.in.position() + 3; i < this.in.limit(); i++) {
			if (this.in.get(i) == '\n' && this.in.get(i - 2) == '\n') {
				byte[] head = new byte[i + 1 - this.in.position()];
				this.in.get(head);
				String text = new String(head, StandardCharsets.US_ASCII);
				if (!text.startsWith("HTTP/1.1 101")) {
					ended(text);
					return false;
				}
				this.upgraded = true;
				this.listener.opened(this);
				return true;
			}
		}
		return false;
	}

	private boolean frame() {
		int start = this.in.position();
		if (this.in.remaining() < 2) {
			return false;
		}
		int opcode = this.in.get(start) & 0xf;
		int length = this.in.get(start + 1) & 0x7f;
		int header = (length < 126) ? 2 : (length == 126) ? 4 : 10;
		if (this.in.remaining() < header) {
			return false;
		}
		if (length == 126) {
			length = this.in.getShort(start + 2) & 0xffff;
		}
		else if (length == 127) {
			length = Math.toIntExact(this.in.getLong(start + 2));
		}
		if (this.in.remaining() < header + length) {
			return false;
		}
		ByteBuffer payload = this.in.slice(start + header, length);
		this.in.position(start + header + length);
		switch (opcode) {
			case PING -> this.out.add(ClientFrames.frame(PONG, payload));
			case CLOSE -> {
				this.closeFrame = "close " + ((length < 2) ? 1005 : payload.getShort(0));
				this.out.add(ClientFrames.frame(CLOSE, payload));
			}
			case PONG -> {
			}
			default -> this.listener.message(this, payload);
		}
		if (opcode >= CLOSE) {
			write();
		}
		return true;
	}

	void resetNow() {
		try {
			channel().setOption(StandardSocketOptions.SO_LINGER, 0);
		}
		catch (IOException ex) {
			// Gone already.
		}
		ended("reset by this side");
	}

	private void ended(String how) {
		if (this.end.isDone()) {
			return;
		}
		try {
			channel().close();
		}
		catch (IOException ex) {
			// As good as closed.
		}
		this.out.clear();
		this.end.complete((this.closeFrame != null) ? this.closeFrame : how);
		this.listener.ended(this);
	}

	private SocketChannel channel() {
		return Objects.requireNonNull(this.channel);
	}

}
