package io.neffos.nio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Objects;

import io.neffos.framing.FrameParser;
import io.neffos.framing.FrameSink;
import io.neffos.framing.FramingException;
import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Flusher;
import io.neffos.transport.FrameSource;
import io.neffos.transport.ServerFrame;
import io.neffos.transport.SocketListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a WebSocket over a stream of bytes (RFC 6455, without extensions).
 * <p>
 * Reading is done by one thread at a time: the loop, or the container's where it tells
 * what can be read. Writing is done by whoever brings {@code state} from idle or
 * scheduled to writing, which is the loop or, for an answer, the thread that has it.
 * Deadlines are looked after by the loop.
 */
public final class StreamSocket implements BatchSocket {

	static final CloseReason GOING_AWAY = new CloseReason(CloseReason.GOING_AWAY, "server stops");

	static final CloseReason LOST = new CloseReason(CloseReason.ABNORMAL, "");

	private static final CloseReason NO_HEARTBEAT = new CloseReason(CloseReason.ABNORMAL, "no heartbeat");

	private static final Log logger = LogFactory.getLog(StreamSocket.class);

	/** Reads of one socket before others get their turn. */
	private static final int READS = 4;

	/** Bytes of pongs that may wait; a peer may ask without reading. */
	private static final int MAX_PONGS = 2048;

	private static final byte[] NOTHING = new byte[0];

	/** Nothing to write, as far as anybody has said. */
	private static final int IDLE = 0;

	/** In the list of the loop. */
	private static final int SCHEDULED = 1;

	/** A thread writes. */
	private static final int WRITING = 2;

	/** A thread writes and has to look again afterwards. */
	private static final int AGAIN = 3;

	/** The network takes nothing just now. */
	private static final int STALLED = 4;

	/** The connection has ended. */
	private static final int DONE = 5;

	private static final VarHandle STATE;

	private static final VarHandle READERS;

	static {
		try {
			STATE = MethodHandles.lookup().findVarHandle(StreamSocket.class, "state", int.class);
			READERS = MethodHandles.lookup().findVarHandle(StreamSocket.class, "readers", int.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final ByteLink link;

	private final IoLoop loop;

	private final FrameParser parser;

	private final FrameSink sink = new Sink();

	private @Nullable SocketListener listener;

	private volatile @Nullable FrameSource source;

	private volatile int state;

	/** Writer only: what the network did not take, from {@code restAt} on. */
	private byte @Nullable [] rest;

	private int restAt;

	/** Reader only: what was read and not looked at, while paused. */
	private byte @Nullable [] unread;

	/** Guarded by this: frames of the protocol that are to go out. */
	private byte @Nullable [] pongs;

	private boolean pingDue;

	/** Set under the lock: a frame of the protocol is to go out. */
	private volatile boolean control;

	/** Set once under the lock. */
	private volatile @Nullable CloseReason closing;

	private volatile boolean closeSent;

	/** What the peer says does not count any more. */
	private volatile boolean deaf;

	private volatile boolean peerClosed;

	/** Cleared by the reader only. */
	private volatile boolean paused;

	private volatile boolean resumeDue;

	private volatile boolean readDue;

	/** Threads that came to read and have not been served. */
	@SuppressWarnings("UnusedVariable") // used by its handle
	private volatile int readers;

	/** Guarded by this: the listener knows that it is over. */
	private boolean told;

	/** Times of the loop: of the last read, the stall, the first part of a message. */
	private volatile int lastRead;

	private volatile int stalledAt;

	private volatile int partSince;

	private volatile boolean midMessage;

	private volatile int closeBy;

	/** Loop only. */
	private boolean pinged;

	private int pingedAt;

	private int slot = -1;

	private StreamSocket(ByteLink link, IoLoop loop, byte @Nullable [] unread) {
		this.link = link;
		this.loop = loop;
		this.unread = unread;
		this.parser = new FrameParser(loop.settings().maxMessageSize());
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
				alreadyRead.hasRemaining() ? copy(alreadyRead) : null);
	}

	/**
	 * Begin to read.
	 * @param told is told what arrives, and of the end
	 */
	public void start(SocketListener told) {
		this.listener = told;
		this.loop.execute(this::begin);
	}

	private void begin() {
		this.lastRead = this.loop.now();
		this.loop.add(this);
		try {
			if (this.link instanceof ChannelLink channel) {
				channel.register(this);
			}
		}
		catch (IOException | RuntimeException ex) {
			end(LOST);
			return;
		}
		if (this.state == STALLED) {
			this.link.wantWrite();
		}
		this.resumeDue = true;
		serveReader();
	}

	@Override
	public void attach(FrameSource messages) {
		this.source = messages;
	}

	@Override
	public @Nullable Flusher ready() {
		while (true) {
			int before = this.state;
			if (before == IDLE) {
				if (STATE.compareAndSet(this, IDLE, SCHEDULED)) {
					return this.loop.push(this);
				}
			}
			else if (before != WRITING || STATE.compareAndSet(this, WRITING, AGAIN)) {
				return null;
			}
		}
	}

	private void schedule() {
		Flusher asleep = ready();
		if (asleep != null) {
			asleep.wake();
		}
	}

	@Override
	public void writeNow() {
		if (STATE.compareAndSet(this, IDLE, WRITING)) {
			writeHere();
		}
		else {
			schedule();
		}
	}

	/** Write with a buffer of the calling thread, or leave it to the loop. */
	private void writeHere() {
		if (this.loop.isOwn()) {
			write(this.loop.out());
			return;
		}
		ByteBuffer buffer = this.loop.inline().take();
		if (buffer == null) {
			if (STATE.compareAndSet(this, WRITING, SCHEDULED) || STATE.compareAndSet(this, AGAIN, SCHEDULED)) {
				Flusher asleep = this.loop.push(this);
				if (asleep != null) {
					asleep.wake();
				}
			}
			return;
		}
		try {
			write(buffer);
		}
		finally {
			this.loop.inline().giveBack(buffer);
		}
	}

	/** Write what has gathered. The loop has taken this socket from its list. */
	void flush() {
		if (STATE.compareAndSet(this, SCHEDULED, WRITING)) {
			write(this.loop.out());
		}
	}

	/** The network takes more. */
	public void writable() {
		if (STATE.compareAndSet(this, STALLED, WRITING)) {
			writeHere();
		}
	}

	private void write(ByteBuffer buffer) {
		try {
			while (pass(buffer)) {
				if (STATE.compareAndSet(this, WRITING, IDLE)) {
					return;
				}
				if (!STATE.compareAndSet(this, AGAIN, WRITING)) {
					return;
				}
			}
		}
		catch (IOException ex) {
			broken(ex);
		}
		catch (RuntimeException ex) {
			logger.error("Writing to a socket failed", ex);
			broken(ex);
		}
	}

	/**
	 * Write everything there is.
	 * @return {@code false} if the network did not take it all, or nothing is to be
	 * written any more
	 */
	private boolean pass(ByteBuffer buffer) throws IOException {
		FrameSource messages = this.source;
		boolean more = true;
		while (more) {
			if (!writeRest(buffer)) {
				return stalled();
			}
			buffer.clear();
			if (this.control && !this.closeSent) {
				putControl(buffer);
			}
			int before = buffer.position();
			more = messages != null && !this.closeSent && messages.fill(buffer);
			byte[] big = null;
			if (more && buffer.position() == before) {
				big = Objects.requireNonNull(Objects.requireNonNull(messages).next()).block();
			}
			boolean ending = !more && putClose(buffer);
			buffer.flip();
			if (buffer.hasRemaining() && !this.link.write(buffer)) {
				keep(buffer, big);
				this.closeSent |= ending;
				return stalled();
			}
			this.rest = big;
			this.restAt = 0;
			this.closeSent |= ending;
		}
		if (this.closeSent) {
			return closeWritten();
		}
		if (messages != null) {
			messages.drained();
		}
		return true;
	}

	private boolean writeRest(ByteBuffer buffer) throws IOException {
		byte[] left = this.rest;
		while (left != null) {
			buffer.clear();
			int length = Math.min(left.length - this.restAt, buffer.remaining());
			buffer.put(left, this.restAt, length).flip();
			boolean taken = this.link.write(buffer);
			this.restAt += length - buffer.remaining();
			if (!taken) {
				return false;
			}
			if (this.restAt == left.length) {
				this.rest = null;
				left = null;
			}
		}
		return true;
	}

	private void keep(ByteBuffer buffer, byte @Nullable [] big) {
		int length = buffer.remaining();
		byte[] kept = new byte[length + ((big != null) ? big.length : 0)];
		buffer.get(kept, 0, length);
		if (big != null) {
			System.arraycopy(big, 0, kept, length, big.length);
		}
		this.rest = kept;
		this.restAt = 0;
	}

	private boolean stalled() {
		this.stalledAt = this.loop.now();
		if (STATE.compareAndSet(this, WRITING, STALLED) || STATE.compareAndSet(this, AGAIN, STALLED)) {
			this.link.wantWrite();
		}
		return false;
	}

	/** Every ping is answered, unless the network takes no answers: then the last. */
	private void addPong(byte[] frame) {
		byte[] before = this.pongs;
		if (before == null || before.length + frame.length > MAX_PONGS) {
			this.pongs = frame;
			return;
		}
		byte[] all = Arrays.copyOf(before, before.length + frame.length);
		System.arraycopy(frame, 0, all, before.length, frame.length);
		this.pongs = all;
	}

	private synchronized void putControl(ByteBuffer buffer) {
		this.control = false;
		if (this.pongs != null) {
			buffer.put(this.pongs);
			this.pongs = null;
		}
		if (this.pingDue) {
			this.pingDue = false;
			buffer.put(ServerFrame.encode(ServerFrame.PING, NOTHING));
		}
	}

	private boolean putClose(ByteBuffer buffer) {
		CloseReason reason = this.closing;
		if (reason == null || this.closeSent) {
			return false;
		}
		byte[] frame = CloseFrames.encode(reason);
		if (frame.length > buffer.remaining()) {
			// What is before it leaves no room: the next time.
			schedule();
			return false;
		}
		buffer.put(frame);
		return true;
	}

	/** Nothing is written after a close frame. */
	private boolean closeWritten() throws IOException {
		if (this.peerClosed) {
			later(LOST);
		}
		else if (this.deaf) {
			// What the peer answers cannot be read, so it is told by the stream, too.
			this.link.endOutput();
		}
		return true;
	}

	private void broken(Exception failure) {
		FrameSource messages = this.source;
		if (messages != null) {
			messages.failed(failure);
		}
		later(LOST);
	}

	private void later(CloseReason reason) {
		this.loop.execute(() -> end(reason));
	}

	/** There is something to read, or the end. */
	public void readable() {
		this.readDue = true;
		serveReader();
	}

	/**
	 * Read and go on reading, on whichever thread comes first: one that comes meanwhile
	 * leaves its part to it. Where a container says what can be read, its thread and the
	 * loop meet here.
	 */
	private void serveReader() {
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
				if (!this.paused && this.state != DONE) {
					readHere();
				}
			}
			seen = (int) READERS.getAndAdd(this, -seen) - seen;
		}
		while (seen != 0);
		if (resumed && !this.paused && this.state != DONE) {
			// Only now, as the link may call back from within.
			this.link.wantRead(true);
			if (this.paused) {
				this.link.wantRead(false);
			}
		}
	}

	private void readHere() {
		boolean own = this.loop.isOwn();
		ByteBuffer borrowed = own ? null : this.loop.inline().take();
		ByteBuffer buffer = own ? this.loop.in() : (borrowed != null) ? borrowed : ByteBuffer.allocate(READS * 1024);
		try {
			read(buffer);
		}
		catch (IOException ex) {
			end(LOST);
		}
		catch (RuntimeException ex) {
			logger.error("Reading from a socket failed", ex);
			end(LOST);
		}
		finally {
			if (borrowed != null) {
				this.loop.inline().giveBack(borrowed);
			}
		}
	}

	private void read(ByteBuffer buffer) throws IOException {
		boolean toldAgain = this.link.isLevelTriggered();
		for (int i = 0; (i < READS || !toldAgain) && !this.paused; i++) {
			buffer.clear();
			int count = this.link.read(buffer);
			if (count < 0) {
				end(LOST);
				return;
			}
			if (count == 0) {
				return;
			}
			this.lastRead = this.loop.now();
			buffer.flip();
			take(buffer);
			if (toldAgain && count < buffer.capacity()) {
				return;
			}
		}
	}

	private void take(ByteBuffer buffer) {
		if (this.deaf) {
			return;
		}
		try {
			this.parser.parse(buffer, this.sink);
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
			this.partSince = this.loop.now();
		}
		this.midMessage = part;
	}

	private void violated(CloseReason reason) {
		this.deaf = true;
		this.midMessage = false;
		SocketListener told = Objects.requireNonNull(this.listener);
		if (reason.code() == CloseReason.TOO_BIG) {
			told.onTooBig();
		}
		else {
			told.onViolation(reason);
		}
		close(reason);
	}

	@Override
	public boolean pauseReading() {
		this.paused = true;
		this.link.wantRead(false);
		return true;
	}

	@Override
	public void resumeReading() {
		this.resumeDue = true;
		this.loop.execute(this::serveReader);
	}

	/** Look at what was kept. */
	private void readOn() {
		this.paused = false;
		byte[] kept = this.unread;
		if (kept != null) {
			this.unread = null;
			take(ByteBuffer.wrap(kept));
		}
		this.lastRead = this.loop.now();
	}

	@Override
	public void close(CloseReason reason) {
		synchronized (this) {
			if (this.closing != null) {
				return;
			}
			this.closeBy = this.loop.now() + (int) this.loop.settings().closeTimeout().toMillis();
			this.closing = reason;
		}
		schedule();
	}

	/** The connection is broken, as a link found out. */
	public void failed() {
		later(LOST);
	}

	/** End at once, without a close frame. */
	void end(CloseReason reason) {
		if ((int) STATE.getAndSet(this, DONE) != DONE) {
			this.link.close();
		}
		if (this.loop.isOwn()) {
			this.loop.remove(this);
		}
		else {
			this.loop.execute(() -> this.loop.remove(this));
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
		StreamSettings settings = this.loop.settings();
		if (!this.link.isOpen()) {
			end(LOST);
		}
		else if (this.closing != null) {
			if (now - this.closeBy >= 0) {
				end(LOST);
			}
		}
		else if (this.state == STALLED && now - this.stalledAt > settings.sendTimeout().toMillis()) {
			this.stalledAt = now;
			FrameSource messages = this.source;
			if (messages != null) {
				messages.stuck();
			}
		}
		else if (this.midMessage && now - this.partSince > settings.receiveTimeout().toMillis()) {
			violated(new CloseReason(CloseReason.POLICY_VIOLATION, "message too slow"));
		}
		else {
			heartbeat(now, settings.heartbeat().toMillis());
		}
	}

	private void heartbeat(int now, long period) {
		int silence = now - this.lastRead;
		if (this.paused || period == 0 || silence <= period) {
			this.pinged = false;
			if (this.paused) {
				this.lastRead = now;
			}
		}
		else if (this.pinged && now - this.pingedAt > period) {
			end(NO_HEARTBEAT);
		}
		else if (!this.pinged) {
			this.pinged = true;
			this.pingedAt = now;
			synchronized (this) {
				this.pingDue = true;
				this.control = true;
			}
			schedule();
		}
	}

	private static byte[] copy(ByteBuffer from) {
		byte[] result = new byte[from.remaining()];
		from.get(result);
		return result;
	}

	int slot() {
		return this.slot;
	}

	void slot(int value) {
		this.slot = value;
	}

	private final class Sink implements FrameSink {

		@Override
		public void onMessage(byte[] content, boolean binary) {
			if (StreamSocket.this.closing == null) {
				Objects.requireNonNull(StreamSocket.this.listener).onFrame(content, binary);
			}
		}

		@Override
		public void onPing(byte[] content) {
			synchronized (StreamSocket.this) {
				addPong(ServerFrame.encode(ServerFrame.PONG, content));
				StreamSocket.this.control = true;
			}
			schedule();
		}

		@Override
		public void onPong(byte[] content) {
			// That something came is all that counts, and is noted already.
		}

		@Override
		public void onClose(int code, String reason) {
			StreamSocket.this.deaf = true;
			StreamSocket.this.peerClosed = true;
			tell(new CloseReason(code, reason));
			if (StreamSocket.this.closeSent) {
				later(LOST);
			}
			else {
				close(new CloseReason(code, reason));
			}
		}

		@Override
		public boolean isPaused() {
			return StreamSocket.this.paused;
		}

	}

}
