package io.neffos.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.Dialer;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * Sits between a client and its sockets, in memory or real. Tells every message that
 * passes, {@code -->} when the client writes it and {@code <--} when it arrives; takes
 * messages out, and puts others in.
 */
public final class Tap implements Dialer {

	private final Dialer dialer;

	private final List<Tapped> sockets = new CopyOnWriteArrayList<>();

	private volatile Consumer<String> listener = (frame) -> {
	};

	private volatile Predicate<String> swallowed = (frame) -> false;

	public Tap(Dialer dialer) {
		this.dialer = dialer;
	}

	/** Who is told what passes, what is swallowed or injected excepted. */
	public void listener(Consumer<String> value) {
		this.listener = value;
	}

	/** From now on such messages get lost. */
	public void swallow(Predicate<String> value) {
		this.swallowed = value;
	}

	/** Put a message on the newest line, in the direction of its arrow. */
	public void inject(String frame) {
		Tapped socket = this.sockets.get(this.sockets.size() - 1);
		byte[] bytes = frame.substring(4).getBytes(StandardCharsets.UTF_8);
		if (frame.startsWith("--> ")) {
			socket.send(new WireFrame(bytes, false)).join();
		}
		else {
			socket.arrive(bytes, false);
		}
	}

	/** How many of the sockets that were opened are open. */
	public long open() {
		return this.sockets.stream().filter((socket) -> !socket.closed).count();
	}

	@Override
	public CompletableFuture<DialedSocket> dial(DialRequest request) {
		return this.dialer.dial(request).thenApply((socket) -> {
			Tapped tapped = new Tapped(socket);
			this.sockets.add(tapped);
			return tapped;
		});
	}

	@Override
	public CompletableFuture<@Nullable Void> probe(DialRequest request) {
		return this.dialer.probe(request);
	}

	private boolean passes(String frame) {
		if (this.swallowed.test(frame)) {
			return false;
		}
		this.listener.accept(frame);
		return true;
	}

	private final class Tapped implements DialedSocket, SocketListener {

		private final DialedSocket socket;

		private volatile boolean closed;

		private volatile @Nullable SocketListener client;

		/** Guarded by this: the newest message, when it is written. */
		private CompletableFuture<@Nullable Void> written = CompletableFuture.completedFuture(null);

		Tapped(DialedSocket socket) {
			this.socket = socket;
		}

		@Override
		public @Nullable String subprotocol() {
			return this.socket.subprotocol();
		}

		@Override
		public void start(SocketListener value) {
			this.client = value;
			this.socket.start(this);
		}

		@Override
		public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
			if (passes("--> " + frame.text())) {
				send(frame).whenComplete((sent, failure) -> done.accept(failure));
			}
			else {
				done.accept(null);
			}
		}

		/** One after the other, though a test may inject while the client writes. */
		private synchronized CompletableFuture<@Nullable Void> send(WireFrame frame) {
			CompletableFuture<@Nullable Void> result = new CompletableFuture<>();
			this.written.whenComplete((sent, failed) -> this.socket.write(frame, (failure) -> {
				if (failure != null) {
					result.completeExceptionally(failure);
				}
				else {
					result.complete(null);
				}
			}));
			this.written = result;
			return result;
		}

		@Override
		public void close(CloseReason reason) {
			this.closed = true;
			this.socket.close(reason);
		}

		@Override
		public void onFrame(byte[] bytes, boolean binary) {
			if (passes("<-- " + new String(bytes, StandardCharsets.UTF_8))) {
				arrive(bytes, binary);
			}
		}

		/** One at a time, though a test may inject while the network delivers. */
		private synchronized void arrive(byte[] bytes, boolean binary) {
			SocketListener told = this.client;
			if (told != null) {
				told.onFrame(bytes, binary);
			}
		}

		@Override
		public void onTooBig() {
			SocketListener told = this.client;
			if (told != null) {
				told.onTooBig();
			}
		}

		@Override
		public void onClose(CloseReason reason) {
			this.closed = true;
			SocketListener told = this.client;
			if (told != null) {
				told.onClose(reason);
			}
		}

	}

}
