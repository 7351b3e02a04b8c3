package io.neffos.testkit;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.MessageSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

import static org.awaitility.Awaitility.await;

/**
 * A socket in memory: what is written can be taken from a queue. It can stall, so that
 * writes never end, and fail.
 */
public final class FakeSocket implements MessageSocket {

	private final BlockingQueue<WireFrame> written = new LinkedBlockingQueue<>();

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	private volatile @Nullable SocketListener listener;

	private volatile boolean stalled;

	private volatile @Nullable Throwable failure;

	private volatile @Nullable Consumer<@Nullable Throwable> stuck;

	/** Who is told that the socket has closed. */
	public void listener(SocketListener value) {
		this.listener = value;
		if (this.closed.isDone()) {
			value.onClose(this.closed.join());
		}
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		if (this.stalled) {
			this.stuck = (failed) -> {
				this.written.add(frame);
				done.accept(failed);
			};
			return;
		}
		if (this.failure == null) {
			this.written.add(frame);
		}
		done.accept(this.failure);
	}

	@Override
	public void close(CloseReason reason) {
		if (this.closed.complete(reason)) {
			SocketListener told = this.listener;
			if (told != null) {
				told.onClose(reason);
			}
		}
	}

	/** From now on writes begin and do not end. */
	public void stall() {
		this.stalled = true;
	}

	/** Wait until a write has begun that does not end. */
	public void awaitStuck() {
		await().atMost(Duration.ofSeconds(20)).until(() -> this.stuck != null);
	}

	/** The write that is stuck ends, and so do later ones. */
	public void resume() {
		this.stalled = false;
		Consumer<@Nullable Throwable> done = this.stuck;
		this.stuck = null;
		if (done != null) {
			done.accept(null);
		}
	}

	/** From now on writes fail. */
	public void failWith(Throwable value) {
		this.failure = value;
	}

	public BlockingQueue<WireFrame> written() {
		return this.written;
	}

	/** Completes with what the server sent when it closed. */
	public CompletableFuture<CloseReason> closed() {
		return this.closed;
	}

}
