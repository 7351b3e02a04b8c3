package io.neffos.nio;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * Buffers for threads that write an answer themselves. A few, shared: a buffer for each
 * thread would be one for each virtual thread. Any thread; never blocks.
 */
final class InlineBuffers {

	private static final int COUNT = 16;

	private static final int SIZE = 8 * 1024;

	private final ArrayBlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(COUNT);

	InlineBuffers() {
		for (int i = 0; i < COUNT; i++) {
			this.free.add(ByteBuffer.allocateDirect(SIZE));
		}
	}

	/** Take a buffer, or {@code null} if all are in use. */
	@Nullable ByteBuffer take() {
		return this.free.poll();
	}

	void giveBack(ByteBuffer buffer) {
		this.free.add(buffer);
	}

}
