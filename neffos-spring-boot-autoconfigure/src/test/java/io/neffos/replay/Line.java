package io.neffos.replay;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.neffos.engine.Side;
import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** Our end of a connection: what ours sends goes into the journal. */
final class Line implements DialedSocket {

	private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();

	private final CompletableFuture<SocketListener> listener = new CompletableFuture<>();

	private final Side side;

	private final String name;

	private final Journal journal;

	private final Tokens tokens;

	private volatile boolean acknowledged;

	Line(Side side, String name, Journal journal, Tokens tokens) {
		this.side = side;
		this.name = name;
		this.journal = journal;
		this.tokens = tokens;
	}

	Tokens tokens() {
		return this.tokens;
	}

	/** Completes with what ours closes the connection with. */
	CompletableFuture<CloseReason> closed() {
		return this.closed;
	}

	/** Whether the connection is open and ours answers what it is asked. */
	boolean isInUse() {
		return this.acknowledged && !this.closed.isDone();
	}

	@Override
	public @Nullable String subprotocol() {
		return null;
	}

	@Override
	public void start(SocketListener value) {
		this.listener.complete(value);
	}

	/** A frame of the peer arrives. */
	void read(byte[] bytes, boolean binary) {
		acknowledge(Side.CLIENT, bytes);
		this.listener.join().onFrame(bytes, binary);
	}

	/** The peer closes. */
	void hangUp(int code) {
		this.acknowledged = false;
		this.listener.join().onClose(new CloseReason(code, ""));
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		acknowledge(Side.SERVER, frame.bytes());
		this.journal.add(Step.Kind.frameOf(this.side), this.name, Step.frame(frame.bytes(), frame.binary()));
		done.accept(null);
	}

	private void acknowledge(Side of, byte[] bytes) {
		if (of == this.side && bytes.length > 0 && bytes[0] == 'A') {
			this.acknowledged = true;
		}
	}

	@Override
	public void close(CloseReason reason) {
		if (this.closed.complete(reason)) {
			this.listener.thenAccept((told) -> told.onClose(reason));
		}
	}

}
