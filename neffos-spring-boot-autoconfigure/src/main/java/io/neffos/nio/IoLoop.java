package io.neffos.nio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.neffos.transport.Flusher;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One thread that reads and writes for many sockets. Each round it reads what has
 * arrived, which makes messages for other sockets, and then writes what has gathered for
 * each of them by one call: the more there is to do, the fewer calls it takes.
 * <p>
 * Runs until it is closed. Never blocks but in the selector, and runs no user code.
 */
public final class IoLoop implements Runnable, Flusher {

	private static final Log logger = LogFactory.getLog(IoLoop.class);

	private static final int BUFFER = 64 * 1024;

	private static final VarHandle ASLEEP;

	static {
		try {
			ASLEEP = MethodHandles.lookup().findVarHandle(IoLoop.class, "asleep", boolean.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final StreamSettings settings;

	private final Selector selector;

	private final long sweepMillis;

	private final long start = System.nanoTime();

	/** Sockets with something to write. */
	private final ReadyList ready = new ReadyList();

	/** Whether the thread is in the selector or about to be, and nobody woke it yet. */
	private volatile boolean asleep;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final InlineBuffers inline = new InlineBuffers();

	/** Everything below belongs to the thread of the loop. */
	private final List<StreamSocket> sockets = new ArrayList<>();

	private final @Nullable StreamWriter[] batch = new StreamWriter[ReadyList.BATCH];

	private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);

	private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);

	private long nextSweep;

	/** Read by others, to whom a little late is early enough. */
	private volatile int now;

	private volatile @Nullable Thread thread;

	private volatile boolean closed;

	IoLoop(StreamSettings settings) throws IOException {
		this.settings = settings;
		this.selector = Selector.open();
		this.sweepMillis = settings.sweepInterval().toMillis();
	}

	StreamSettings settings() {
		return this.settings;
	}

	Selector selector() {
		return this.selector;
	}

	/** Milliseconds since the loop was made; wraps around, so only differences count. */
	int now() {
		return this.now;
	}

	boolean isOwn() {
		return Thread.currentThread() == this.thread;
	}

	/** What the thread of the loop reads into. */
	ByteBuffer in() {
		return this.in;
	}

	/** What the thread of the loop writes from. */
	ByteBuffer out() {
		return this.out;
	}

	InlineBuffers inline() {
		return this.inline;
	}

	/**
	 * Note that a socket has something to write. It is not in the list now.
	 * @return this loop if it has to be woken
	 */
	@Nullable Flusher push(StreamWriter socket) {
		this.ready.add(socket);
		return (this.asleep && ASLEEP.compareAndSet(this, true, false)) ? this : null;
	}

	/** Run something on the thread of the loop, soon. */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (this.asleep && ASLEEP.compareAndSet(this, true, false)) {
			wake();
		}
	}

	@Override
	public void wake() {
		this.selector.wakeup();
	}

	/** Look after the deadlines of a socket. On the thread of the loop. */
	void add(StreamSocket socket) {
		if (this.closed) {
			socket.end(StreamSocket.GOING_AWAY);
			return;
		}
		socket.slot(this.sockets.size());
		this.sockets.add(socket);
	}

	/** On the thread of the loop. */
	void remove(StreamSocket socket) {
		int slot = socket.slot();
		if (slot < 0) {
			return;
		}
		socket.slot(-1);
		StreamSocket last = this.sockets.remove(this.sockets.size() - 1);
		if (last != socket) {
			this.sockets.set(slot, last);
			last.slot(slot);
		}
	}

	@Override
	public void run() {
		this.thread = Thread.currentThread();
		while (!this.closed) {
			try {
				round();
			}
			catch (IOException | RuntimeException ex) {
				// Each socket guards itself, so this is a defect; the others go on.
				logger.error("A round of a loop failed", ex);
			}
		}
		end();
	}

	private void round() throws IOException {
		this.asleep = true;
		if (!this.ready.isEmpty() || !this.tasks.isEmpty()) {
			this.asleep = false;
			this.selector.selectNow(this::selected);
		}
		else {
			this.selector.select(this::selected, this.sweepMillis);
			this.asleep = false;
		}
		runTasks();
		flush();
		long millis = tick();
		if (millis >= this.nextSweep) {
			this.nextSweep = millis + this.sweepMillis;
			sweep();
		}
	}

	private long tick() {
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.start);
		this.now = (int) millis;
		return millis;
	}

	private void selected(SelectionKey key) {
		StreamSocket socket = (StreamSocket) key.attachment();
		try {
			int ops = key.readyOps();
			if ((ops & SelectionKey.OP_READ) != 0) {
				socket.readable();
			}
			if ((ops & SelectionKey.OP_WRITE) != 0) {
				key.interestOpsAnd(~SelectionKey.OP_WRITE);
				socket.writable();
			}
		}
		catch (CancelledKeyException ex) {
			socket.end(StreamSocket.LOST);
		}
	}

	private void runTasks() {
		Runnable task;
		while ((task = this.tasks.poll()) != null) {
			task.run();
		}
	}

	/**
	 * Write for some of the sockets that have something to write. More of them may be
	 * left; what arrives before they get their turn goes out together with what they
	 * have.
	 */
	private void flush() {
		int count = this.ready.isEmpty() ? 0 : this.ready.take(this.batch, this.now);
		for (int i = 0; i < count; i++) {
			StreamWriter socket = this.batch[i];
			this.batch[i] = null;
			if (socket != null) {
				socket.flush();
			}
		}
	}

	private void sweep() {
		int millis = this.now;
		for (int i = this.sockets.size() - 1; i >= 0; i--) {
			// One that ends moves the last into its place, which was looked at already.
			this.sockets.get(i).sweep(millis);
		}
	}

	/** End the loop; its sockets are closed without ado. Any thread. */
	void close() {
		this.closed = true;
		this.selector.wakeup();
	}

	private void end() {
		runTasks();
		for (StreamSocket socket : List.copyOf(this.sockets)) {
			socket.end(StreamSocket.GOING_AWAY);
		}
		try {
			this.selector.close();
		}
		catch (IOException ex) {
			logger.debug("The selector of a loop did not close", ex);
		}
	}

}
