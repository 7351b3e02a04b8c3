package io.neffos.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/** A channel that is read and watched by the thread of its loop. */
final class ChannelLink implements ByteLink {

	private final SocketChannel channel;

	private final IoLoop loop;

	private final Runnable release;

	private volatile @Nullable SelectionKey key;

	ChannelLink(SocketChannel channel, IoLoop loop, Runnable release) {
		this.channel = channel;
		this.loop = loop;
		this.release = release;
	}

	/** Begin to watch. On the thread of the loop. */
	void register(StreamSocket socket) throws ClosedChannelException {
		this.key = this.channel.register(this.loop.selector(), 0, socket);
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		return this.channel.read(to);
	}

	@Override
	public boolean write(ByteBuffer from) throws IOException {
		this.channel.write(from);
		return !from.hasRemaining();
	}

	@Override
	public void wantRead(boolean wanted) {
		change(SelectionKey.OP_READ, wanted);
	}

	@Override
	public void wantWrite() {
		change(SelectionKey.OP_WRITE, true);
	}

	private void change(int op, boolean wanted) {
		SelectionKey current = this.key;
		if (current == null) {
			return;
		}
		try {
			int before = wanted ? current.interestOpsOr(op) : current.interestOpsAnd(~op);
			if (wanted && (before & op) == 0 && !this.loop.isOwn()) {
				this.loop.wake();
			}
		}
		catch (CancelledKeyException ex) {
			// Closed meanwhile; the loop looks after that.
		}
	}

	@Override
	public boolean isLevelTriggered() {
		return true;
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public void endOutput() throws IOException {
		this.channel.shutdownOutput();
	}

	@Override
	public void close() {
		this.release.run();
		SelectionKey current = this.key;
		if (current != null) {
			current.cancel();
		}
	}

}
