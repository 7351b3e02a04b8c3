package io.neffos.load;

/** How many threads there are. */
public final class Threads {

	private Threads() {
	}

	/**
	 * Those whose number nobody bounds; pools with a bound of their own may still fill.
	 */
	public static long count() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("neffos-io-") && !name.startsWith("http-nio-"))
			.count();
	}

}
