package io.neffos.testkit;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialException;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Joins a client and a server in memory: what one end writes the other reads, in order,
 * on a thread of the pair. Every message is logged: {@code -->} from the client,
 * {@code <--} to it. The line can be cut, and a new one refused.
 */
public final class SocketPair implements Dialer, AutoCloseable {

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS,
			new SynchronousQueue<>());

	private final List<String> wire = new CopyOnWriteArrayList<>();

	private final List<DialRequest> requests = new CopyOnWriteArrayList<>();

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private final Acceptor acceptor;

	private volatile Consumer<String> onWrite = (frame) -> {
	};

	private volatile @Nullable DialException down;

	private volatile @Nullable DialException refusal;

	public SocketPair(Acceptor acceptor) {
		this.acceptor = acceptor;
	}

	/** Takes the server's end of a line. */
	public interface Acceptor {

		SocketListener open(MessageSocket socket, DialRequest request);

	}

	@Override
	public CompletableFuture<DialedSocket> dial(DialRequest request) {
		this.requests.add(request);
		DialException failure = (this.down != null) ? this.down : this.refusal;
		if (failure != null) {
			return CompletableFuture.failedFuture(failure);
		}
		Line line = new Line(request);
		this.lines.add(line);
		return CompletableFuture.completedFuture(line.client);
	}

	@Override
	public CompletableFuture<@Nullable Void> probe(DialRequest request) {
		DialException failure = this.down;
		return (failure != null) ? CompletableFuture.failedFuture(failure) : CompletableFuture.completedFuture(null);
	}

	/** From now on nobody answers, or again. */
	public void down(boolean value) {
		this.down = value ? new DialException("Connection refused", null) : null;
	}

	/** From now on the HTTP request is answered with this status; 0 opens again. */
	public void refuseWith(int status) {
		this.refusal = (status != 0) ? new DialException("The server answered " + status, status, null) : null;
	}

	/** Cut every line without a close frame. */
	public void cut() {
		for (Line line : this.lines) {
			line.close(new CloseReason(CloseReason.ABNORMAL, ""));
		}
	}

	/** Called with each message, before it arrives. */
	public void onWrite(Consumer<String> value) {
		this.onWrite = value;
	}

	/** What went over all lines, in the order in which it was written. */
	public List<String> wire() {
		return this.wire;
	}

	/** What was dialled. */
	public List<DialRequest> requests() {
		return this.requests;
	}

	@Override
	public void close() {
		cut();
		this.threads.shutdownNow();
	}

	/** Both directions of one connection. */
	private final class Line {

		private final End client = new End("-->");

		private final End server = new End("<--");

		private final AtomicBoolean closed = new AtomicBoolean();

		Line(DialRequest request) {
			this.client.peer = this.server;
			this.server.peer = this.client;
			this.client.line = this;
			this.server.line = this;
			SocketListener listener = SocketPair.this.acceptor.open(this.server, request);
			this.server.start(listener);
		}

		void close(CloseReason reason) {
			if (this.closed.compareAndSet(false, true)) {
				this.client.deliver((listener) -> listener.onClose(reason));
				this.server.deliver((listener) -> listener.onClose(reason));
			}
		}

	}

	/** One end of a line; what is delivered to it runs in order. */
	private final class End implements DialedSocket {

		private final String arrow;

		private final Queue<Consumer<SocketListener>> arriving = new ArrayDeque<>();

		private @Nullable SocketListener listener;

		private boolean delivering;

		private End peer;

		private Line line;

		End(String arrow) {
			this.arrow = arrow;
		}

		@Override
		public @Nullable String subprotocol() {
			return null;
		}

		@Override
		public void start(SocketListener value) {
			synchronized (this) {
				this.listener = value;
			}
			go();
		}

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			if (this.line.closed.get()) {
				done.accept(new IOException("closed"));
				return;
			}
			SocketPair.this.wire.add(this.arrow + " " + frame.text());
			SocketPair.this.onWrite.accept(this.arrow + " " + frame.text());
			this.peer.deliver((told) -> told.onFrame(frame.bytes().clone(), frame.binary()));
			done.accept(null);
		}

		@Override
		public void close(CloseReason reason) {
			this.line.close(reason);
		}

		private void deliver(Consumer<SocketListener> task) {
			synchronized (this) {
				this.arriving.add(task);
			}
			go();
		}

		private void go() {
			synchronized (this) {
				if (this.delivering || this.listener == null || this.arriving.isEmpty()) {
					return;
				}
				this.delivering = true;
			}
			SocketPair.this.threads.execute(this::run);
		}

		private void run() {
			while (true) {
				Consumer<SocketListener> task;
				SocketListener told;
				synchronized (this) {
					task = this.arriving.poll();
					told = this.listener;
					if (task == null || told == null) {
						this.delivering = false;
						return;
					}
				}
				task.accept(told);
			}
		}

	}

}
