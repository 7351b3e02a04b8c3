package io.neffos.load;

/** How much of the heap is in use. */
public final class Heap {

	private Heap() {
	}

	/** Bytes that are still there after garbage collections. */
	public static long inUse() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 4; i++) {
			System.gc();
			Runtime runtime = Runtime.getRuntime();
			least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
		}
		return least;
	}

}
