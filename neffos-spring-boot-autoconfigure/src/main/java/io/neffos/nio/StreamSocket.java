package io.neffos.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;

import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a WebSocket over a stream of bytes (RFC 6455, without extensions).
 * <p>
 * Reading is done by one thread at a time: the loop, or the container's where it tells
 * what can be read. Writing is done by the loop or, for an answer, by the thread that has
 * it. Deadlines are looked after by the loop.
 */
public final class StreamSocket extends StreamWriter {

	static final CloseReason GOING_AWAY = new CloseReason(CloseReason.GOING_AWAY, "server stops");

	static final CloseReason LOST = new CloseReason(CloseReason.ABNORMAL, "");

	private static final CloseReason NO_HEARTBEAT = new CloseReason(CloseReason.ABNORMAL, "no heartbeat");

	private final StreamReader reader;

	private @Nullable SocketListener listener;

	/** Guarded by this: the listener knows that it is over. */
	private boolean told;

	/** Loop only. */
	private boolean pinged;

	private int pingedAt;

	private int slot = -1;

	private StreamSocket(ByteLink link, IoLoop loop, byte @Nullable [] unread) {
		super(link, loop);
		this.reader = new StreamReader(this, loop.settings().maxMessageSize(), unread);
	}

	/**
	 * A socket over a link that tells it when it can be read and written.
	 * @param link the link
	 * @param loop what writes and looks after deadlines
	 * @return the socket, which does nothing before it is started
	 */
	public static StreamSocket over(ByteLink link, IoLoop loop) {
		return new StreamSocket(link, loop, null);
	}

	/**
	 * A socket over a channel, which the loop reads, too.
	 * @param channel the channel, non-blocking
	 * @param alreadyRead what somebody has read from it already
	 * @param release closes the channel; called at least once when the socket ends
	 * @param loop the loop
	 * @return the socket, which does nothing before it is started
	 */
	public static StreamSocket over(SocketChannel channel, ByteBuffer alreadyRead, Runnable release, IoLoop loop) {
		return new StreamSocket(new ChannelLink(channel, loop, release), loop,
				alreadyRead.hasRemaining() ? StreamReader.copy(alreadyRead) : null);
	}

	/**
	 * Begin to read.
	 * @param told is told what arrives, and of the end
	 */
	public void start(SocketListener told) {
		this.listener = told;
		loop().execute(this::begin);
	}

	private void begin() {
		this.reader.heard();
		loop().add(this);
		try {
			if (link() instanceof ChannelLink channel) {
				channel.register(this);
			}
		}
		catch (IOException | RuntimeException ex) {
			end(LOST);
			return;
		}
		wantWriteIfStalled();
		this.reader.resume();
	}

	SocketListener listener() {
		return Objects.requireNonNull(this.listener);
	}

	/** There is something to read, or the end. */
	public void readable() {
		this.reader.readable();
	}

	@Override
	public boolean pauseReading() {
		this.reader.pause();
		return true;
	}

	@Override
	public void resumeReading() {
		this.reader.resumeLater();
	}

	@Override
	public void close(CloseReason reason) {
		if (beginClose(reason, loop().now() + (int) loop().settings().closeTimeout().toMillis())) {
			schedule();
		}
	}

	/** The peer has sent its close frame. */
	void closedByPeer(CloseReason reason) {
		peerClosed();
		tell(reason);
		if (isCloseSent()) {
			endLater();
		}
		else {
			close(reason);
		}
	}

	/** The connection is broken, as a link found out. */
	public void failed() {
		endLater();
	}

	@Override
	void endLater() {
		loop().execute(() -> end(LOST));
	}

	/** End at once, without a close frame. */
	void end(CloseReason reason) {
		done();
		if (loop().isOwn()) {
			loop().remove(this);
		}
		else {
			loop().execute(() -> loop().remove(this));
		}
		tell(reason);
	}

	private void tell(CloseReason reason) {
		SocketListener told = this.listener;
		synchronized (this) {
			if (this.told || told == null) {
				return;
			}
			this.told = true;
		}
		told.onClose(reason);
	}

	/** Look at the deadlines. On the thread of the loop. */
	void sweep(int now) {
		StreamSettings settings = loop().settings();
		if (!link().isOpen()) {
			end(LOST);
		}
		else if (isClosing()) {
			if (isCloseOverdue(now)) {
				end(LOST);
			}
		}
		else if (isStalled(now, settings.sendTimeout().toMillis())) {
			stuck(now);
		}
		else if (this.reader.isTooSlow(now, settings.receiveTimeout().toMillis())) {
			this.reader.violated(new CloseReason(CloseReason.POLICY_VIOLATION, "message too slow"));
		}
		else {
			heartbeat(now, settings.heartbeat().toMillis());
		}
	}

	private void heartbeat(int now, long period) {
		if (this.reader.silence(now) <= period || period == 0) {
			this.pinged = false;
		}
		else if (this.pinged && now - this.pingedAt > period) {
			end(NO_HEARTBEAT);
		}
		else if (!this.pinged) {
			this.pinged = true;
			this.pingedAt = now;
			addPing();
			schedule();
		}
	}

	int slot() {
		return this.slot;
	}

	void slot(int value) {
		this.slot = value;
	}

}
