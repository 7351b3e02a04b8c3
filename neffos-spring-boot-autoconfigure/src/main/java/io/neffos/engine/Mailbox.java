package io.neffos.engine;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in the order in which they came, on an executor that is
 * handed in. A task may ask for a {@link Pause}: nothing else runs until a stage has
 * completed, and no thread waits meanwhile.
 * <p>
 * A task that blocks on an operation of its own connection would wait for ever, if the
 * second half of that operation queued behind it. Such halves are {@linkplain #step
 * steps}: they keep their place in the order, but a task that {@linkplain #help waits}
 * runs them inline, and they run during a pause that a handler asked for.
 */
public final class Mailbox {

	private static final Log logger = LogFactory.getLog(Mailbox.class);

	/** Tasks run before another mailbox gets the thread. */
	private static final int BATCH = 64;

	/** The mailbox whose task the thread runs. */
	private static final ThreadLocal<@Nullable Mailbox> current = new ThreadLocal<>();

	private final Executor executor;

	private final Runnable onRejected;

	private final Queue<Task> queue = new ArrayDeque<>(4);

	private final Queue<Step> steps = new ConcurrentLinkedQueue<>();

	/** What holds up everything, in order; only the one who drains looks at it. */
	private final Queue<Pause> pauses = new ArrayDeque<>(1);

	/** Guarded by this: what holds up everything but steps. */
	private @Nullable Pause handlerPause;

	/** Guarded by this: a thread drains or will, or everything is held up. */
	private boolean active;

	private volatile @Nullable Thread owner;

	/**
	 * Create an empty mailbox.
	 * @param executor what runs the tasks
	 * @param onRejected called when the executor refuses to run; the tasks run on the
	 * calling thread afterwards, so that endings are never lost
	 */
	public Mailbox(Executor executor, Runnable onRejected) {
		this.executor = executor;
		this.onRejected = onRejected;
	}

	/**
	 * Run a task on the calling thread if nothing runs or waits, so that its place in the
	 * order is kept.
	 * @param task a task that runs no user code and does not block
	 * @return {@code false} if it has to be appended instead
	 */
	boolean tryRun(Task task) {
		synchronized (this) {
			if (this.active || !this.queue.isEmpty() || this.handlerPause != null) {
				return false;
			}
			this.active = true;
		}
		Mailbox outer = current.get();
		current.set(this);
		try {
			runAsOwner(task);
		}
		finally {
			restore(outer);
		}
		synchronized (this) {
			this.active = !this.queue.isEmpty() || !this.pauses.isEmpty() || this.handlerPause != null;
			if (!this.active) {
				return true;
			}
		}
		submit();
		return true;
	}

	/**
	 * Append a task. How many there are is bounded elsewhere.
	 * @param task the task
	 */
	public void execute(Task task) {
		enqueue(task);
		wake();
	}

	/**
	 * Append a task without starting to run it, so that it can be done under a lock.
	 * {@link #wake()} follows once the lock is released.
	 * @param task the task
	 */
	public void enqueue(Task task) {
		synchronized (this) {
			this.queue.add(task);
		}
	}

	/** Run what is appended, unless that happens already. */
	public void wake() {
		synchronized (this) {
			Pause pause = this.handlerPause;
			boolean idle = (pause != null) ? this.steps.isEmpty() && !pause.isOver() : this.queue.isEmpty();
			if (this.active || idle) {
				return;
			}
			this.active = true;
		}
		submit();
	}

	private void submit() {
		try {
			this.executor.execute(this::drain);
		}
		catch (RejectedExecutionException ex) {
			this.onRejected.run();
			drain();
		}
	}

	/** The mailbox whose task the calling thread runs. */
	static @Nullable Mailbox current() {
		return current.get();
	}

	/** Whether the calling thread is running a task of this mailbox. */
	boolean isOwner() {
		return this.owner == Thread.currentThread();
	}

	/** Run at once when this thread runs a task already, else append as a step. */
	void executeInline(Task task) {
		if (!isOwner()) {
			step(task);
			return;
		}
		hold(runSafely(task));
	}

	/** Append a part of an operation, which a waiting task may run earlier. */
	void step(Task task) {
		Step step = new Step(task);
		this.steps.add(step);
		Thread waiting = this.owner;
		execute(step);
		if (waiting != null) {
			LockSupport.unpark(waiting);
		}
	}

	/**
	 * Wait as the owner, running steps meanwhile. A step that pauses holds up other steps
	 * as a task does, and what is still held up at the end holds up the tasks that
	 * follow.
	 */
	void help(Future<?> future, long nanos, boolean forever) throws InterruptedException, TimeoutException {
		long deadline = System.nanoTime() + nanos;
		while (!future.isDone()) {
			Pause pause = this.pauses.peek();
			if (pause != null && pause.isOver()) {
				this.pauses.remove();
				hold(runSafely(pause.next()));
				continue;
			}
			Step step = (pause == null) ? this.steps.poll() : null;
			if (step != null) {
				hold(runSafely(step));
				continue;
			}
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			long left = forever ? TimeUnit.SECONDS.toNanos(1) : deadline - System.nanoTime();
			if (left <= 0) {
				throw new TimeoutException();
			}
			LockSupport.parkNanos(this, left);
		}
	}

	/** Forget the tasks that wait and are not of the engine. */
	void discardOffered() {
		synchronized (this) {
			this.queue.removeIf((task) -> task instanceof Discardable);
		}
	}

	private void drain() {
		Mailbox outer = current.get();
		current.set(this);
		try {
			runBatch();
		}
		finally {
			restore(outer);
		}
	}

	private static void restore(@Nullable Mailbox outer) {
		if (outer != null) {
			current.set(outer);
		}
		else {
			current.remove();
		}
	}

	private void runAsOwner(Task task) {
		this.owner = Thread.currentThread();
		try {
			hold(runSafely(task));
		}
		finally {
			this.owner = null;
		}
	}

	private void runBatch() {
		for (int i = 0; i < BATCH; i++) {
			Pause pause = this.pauses.peek();
			if (pause != null && !pause.isOver()) {
				pause.stage().whenComplete((value, failure) -> submit());
				return;
			}
			Task task = next();
			if (task == null) {
				return;
			}
			runAsOwner(task);
		}
		submit();
	}

	/** What comes next, after a pause that is over first of all. */
	private @Nullable Task next() {
		Pause over = this.pauses.poll();
		if (over != null) {
			return over.next();
		}
		synchronized (this) {
			Pause pause = this.handlerPause;
			if (pause != null && pause.isOver()) {
				this.handlerPause = null;
				return pause.next();
			}
			Task task = (pause != null) ? this.steps.poll() : this.queue.poll();
			this.active = task != null;
			return task;
		}
	}

	private void hold(@Nullable Pause pause) {
		if (pause == null) {
			return;
		}
		if (pause.forHandler()) {
			synchronized (this) {
				this.handlerPause = pause;
			}
			pause.stage().whenComplete((value, failure) -> wake());
			return;
		}
		this.pauses.add(pause);
		if (!pause.isOver()) {
			// The handler that this thread runs may wait for what comes next.
			Thread waiting = Thread.currentThread();
			pause.stage().whenComplete((value, failure) -> LockSupport.unpark(waiting));
		}
	}

	private static @Nullable Pause runSafely(Task task) {
		try {
			return task.run();
		}
		catch (Throwable ex) {
			// User code is guarded where it is called, so this is a defect of the engine.
			logger.error("A task of the engine failed", ex);
			return null;
		}
	}

	/** What a mailbox runs. */
	@FunctionalInterface
	public interface Task {

		/**
		 * Run.
		 * @return what to wait for before anything else runs, or {@code null}
		 */
		@Nullable Pause run();

	}

	/** A task that may be forgotten when a connection ends by force. */
	interface Discardable extends Task {

	}

	/**
	 * Holds up a mailbox.
	 *
	 * @param stage what to wait for
	 * @param next what to run when it has completed, however it did
	 * @param forHandler whether a handler's future is waited for, which may itself wait
	 * for steps; steps do not return such pauses
	 */
	public record Pause(CompletionStage<?> stage, Task next, boolean forHandler) {

		boolean isOver() {
			return this.stage.toCompletableFuture().isDone();
		}

	}

	private final class Step extends AtomicBoolean implements Task {

		private static final long serialVersionUID = 1L;

		private final transient Task task;

		Step(Task task) {
			this.task = task;
		}

		@Override
		public @Nullable Pause run() {
			if (!compareAndSet(false, true)) {
				return null;
			}
			Mailbox.this.steps.remove(this);
			return this.task.run();
		}

	}

}
