package io.neffos.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many threads there are. */
public final class Threads {

	/**
	 * Pools with a bound of their own, which may still fill. Tomcat makes the second of
	 * its two utility threads when its background work is due for the second time, ten
	 * seconds after the start.
	 */
	private static final Pattern BOUNDED = Pattern.compile("(neffos-io-|http-nio-|Catalina-utility-).*");

	/** Of who looks. */
	private static final Pattern LOOKING = Pattern.compile("awaitility.*|Attach Listener");

	private Threads() {
	}

	/** Those whose number nobody bounds. */
	public static long count() {
		return names().count();
	}

	/** Those whose number nobody bounds, by name without numbers. */
	public static Map<String, Long> byName() {
		return names().map((name) -> name.replaceAll("[0-9]+", "#"))
			.collect(Collectors.groupingBy((name) -> name, TreeMap::new, Collectors.counting()));
	}

	/** Of which names there are more than before. */
	public static Map<String, String> growth(Map<String, Long> before, Map<String, Long> after) {
		return after.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
			.collect(Collectors.toMap(Map.Entry::getKey,
					(entry) -> before.getOrDefault(entry.getKey(), 0L) + " to " + entry.getValue()));
	}

	private static Stream<String> names() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> !BOUNDED.matcher(name).matches() && !LOOKING.matcher(name).matches());
	}

}
