package io.neffos.test;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** A lock, and a wait for what it guards to change. */
final class Monitor {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	<T extends @Nullable Object> T locked(Supplier<T> action) {
		this.lock.lock();
		try {
			return action.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Change something, and let those look who wait. */
	<T extends @Nullable Object> T change(Supplier<T> action) {
		return locked(() -> {
			this.changed.signalAll();
			return action.get();
		});
	}

	/**
	 * Wait for something.
	 * @param condition returns what is waited for, or {@code null}
	 * @param giveUp whether it will never come
	 * @param patience how long to wait
	 * @return {@code null} if it did not come
	 */
	<T> @Nullable T await(Supplier<@Nullable T> condition, BooleanSupplier giveUp, Duration patience)
			throws InterruptedException {
		long left = patience.toNanos();
		this.lock.lock();
		try {
			T value = condition.get();
			while (value == null && left > 0 && !giveUp.getAsBoolean()) {
				left = this.changed.awaitNanos(left);
				value = condition.get();
			}
			return value;
		}
		finally {
			this.lock.unlock();
		}
	}

}
