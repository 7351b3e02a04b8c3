package io.neffos.test;

import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;

import io.neffos.transport.CloseReason;
import io.neffos.transport.DialedSocket;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory. */
final class MemorySocket implements DialedSocket {

	private final MemoryPipe in;

	private final MemoryPipe out;

	private final @Nullable String subprotocol;

	MemorySocket(MemoryPipe in, MemoryPipe out, @Nullable String subprotocol) {
		this.in = in;
		this.out = out;
		this.subprotocol = subprotocol;
	}

	@Override
	public @Nullable String subprotocol() {
		return this.subprotocol;
	}

	@Override
	public void start(SocketListener listener) {
		this.in.start(listener);
	}

	@Override
	public void write(WireFrame frame, Consumer<@Nullable Throwable> done) {
		boolean queued = this.out.offer(frame);
		done.accept(queued ? null : new ClosedChannelException());
		this.out.deliver();
	}

	@Override
	public void close(CloseReason reason) {
		// Both before anybody hears of one, so that nothing is sent in between.
		this.in.end(reason);
		this.out.end(reason);
		this.out.deliver();
		this.in.deliver();
	}

	/** End the connection as if the network was lost. */
	void vanish() {
		close(new CloseReason(CloseReason.ABNORMAL, ""));
	}

}
