package io.neffos.nio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;

import io.neffos.framing.FrameParser;
import io.neffos.framing.FrameSink;
import io.neffos.framing.FramingException;
import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The half of a socket that reads. Reading is done by one thread at a time: the loop, or
 * the container's where it tells what can be read.
 */
final class StreamReader implements FrameSink {

	private static final Log logger = LogFactory.getLog(StreamSocket.class);

	/** Reads of one socket before others get their turn. */
	private static final int READS = 4;

	private static final VarHandle READERS;

	static {
		try {
			READERS = MethodHandles.lookup().findVarHandle(StreamReader.class, "readers", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final StreamSocket socket;

	private final FrameParser parser;

	/** Reader only: what was read and not looked at, while paused. */
	private byte @Nullable [] unread;

	/** Cleared by the reader only. */
	private volatile boolean paused;

	private volatile boolean resumeDue;

	private volatile boolean readDue;

	/** Threads that came to read and have not been served. */
	@SuppressWarnings("UnusedVariable") // used by its handle
	private volatile int readers;

	/** Times of the loop: of the last read, the first part of a message. */
	private volatile int lastRead;

	private volatile int partSince;

	private volatile boolean midMessage;

	StreamReader(StreamSocket socket, int maxMessageSize, byte @Nullable [] unread) {
		this.socket = socket;
		this.parser = new FrameParser(maxMessageSize);
		this.unread = unread;
	}

	/** Count the time without a sign of the peer from now on. */
	void heard() {
		this.lastRead = this.socket.loop().now();
	}

	/** There is something to read, or the end. */
	void readable() {
		this.readDue = true;
		serve();
	}

	void pause() {
		this.paused = true;
		this.socket.link().wantRead(false);
	}

	/** Read on, on this thread. */
	void resume() {
		this.resumeDue = true;
		serve();
	}

	/** Read on, on the thread of the loop if no other comes first. */
	void resumeLater() {
		this.resumeDue = true;
		this.socket.loop().execute(this::serve);
	}

	/**
	 * Read and go on reading, on whichever thread comes first: one that comes meanwhile
	 * leaves its part to it. Where a container says what can be read, its thread and the
	 * loop meet here.
	 */
	private void serve() {
		if ((int) READERS.getAndAdd(this, 1) != 0) {
			return;
		}
		int seen = 1;
		boolean resumed = false;
		do {
			if (this.resumeDue) {
				this.resumeDue = false;
				resumed = true;
				readOn();
			}
			if (this.readDue) {
				this.readDue = false;
				// What is left there while paused is told again when it is wanted.
				if (!this.paused && !this.socket.isDone()) {
					readHere();
				}
			}
			seen = (int) READERS.getAndAdd(this, -seen) - seen;
		}
		while (seen != 0);
		if (resumed && !this.paused && !this.socket.isDone()) {
			// Only now, as the link may call back from within.
			this.socket.link().wantRead(true);
			if (this.paused) {
				this.socket.link().wantRead(false);
			}
		}
	}

	/** Look at what was kept. */
	private void readOn() {
		this.paused = false;
		byte[] kept = this.unread;
		if (kept != null) {
			this.unread = null;
			take(ByteBuffer.wrap(kept));
		}
		heard();
	}

	private void readHere() {
		IoLoop loop = this.socket.loop();
		boolean own = loop.isOwn();
		ByteBuffer borrowed = own ? null : loop.inline().take();
		ByteBuffer buffer = own ? loop.in() : (borrowed != null) ? borrowed : ByteBuffer.allocate(READS * 1024);
		try {
			read(buffer);
		}
		catch (IOException ex) {
			this.socket.end(StreamSocket.LOST);
		}
		catch (RuntimeException ex) {
			logger.error("Reading from a socket failed", ex);
			this.socket.end(StreamSocket.LOST);
		}
		finally {
			if (borrowed != null) {
				loop.inline().giveBack(borrowed);
			}
		}
	}

	private void read(ByteBuffer buffer) throws IOException {
		ByteLink link = this.socket.link();
		boolean toldAgain = link.isLevelTriggered();
		for (int i = 0; (i < READS || !toldAgain) && !this.paused; i++) {
			buffer.clear();
			int count = link.read(buffer);
			if (count < 0) {
				this.socket.end(StreamSocket.LOST);
				return;
			}
			if (count == 0) {
				return;
			}
			heard();
			buffer.flip();
			take(buffer);
			if (toldAgain && count < buffer.capacity()) {
				return;
			}
		}
	}

	private void take(ByteBuffer buffer) {
		if (this.socket.isDeaf()) {
			return;
		}
		try {
			this.parser.parse(buffer, this);
		}
		catch (FramingException ex) {
			violated(new CloseReason(ex.code(), Objects.toString(ex.getMessage(), "")));
			return;
		}
		if (this.paused && buffer.hasRemaining()) {
			this.unread = copy(buffer);
		}
		boolean part = this.parser.isMidMessage();
		if (part && !this.midMessage) {
			this.partSince = this.socket.loop().now();
		}
		this.midMessage = part;
	}

	/** The peer breaks the rules: listen to it no more, and close. */
	void violated(CloseReason reason) {
		this.socket.deafen();
		this.midMessage = false;
		SocketListener told = this.socket.listener();
		if (reason.code() == CloseReason.TOO_BIG) {
			told.onTooBig();
		}
		else {
			told.onViolation(reason);
		}
		this.socket.close(reason);
	}

	/** Whether a message has begun and takes longer than it may. */
	boolean isTooSlow(int now, long timeout) {
		return this.midMessage && now - this.partSince > timeout;
	}

	/** For how long nothing was read; what is not wanted is not missed. */
	int silence(int now) {
		if (this.paused) {
			this.lastRead = now;
		}
		return now - this.lastRead;
	}

	@Override
	public void onMessage(byte[] content, boolean binary) {
		if (!this.socket.isClosing()) {
			this.socket.listener().onFrame(content, binary);
		}
	}

	@Override
	public void onPing(byte[] content) {
		this.socket.addPong(content);
		this.socket.schedule();
	}

	@Override
	public void onPong(byte[] content) {
		// That something came is all that counts, and is noted already.
	}

	@Override
	public void onClose(int code, String reason) {
		this.socket.closedByPeer(new CloseReason(code, reason));
	}

	@Override
	public boolean isPaused() {
		return this.paused;
	}

	static byte[] copy(ByteBuffer from) {
		byte[] result = new byte[from.remaining()];
		from.get(result);
		return result;
	}

}
