package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lives on a heap.
 *
 * @param total bytes of all classes
 * @param bytes bytes by class
 */
public record Histogram(long total, Map<String, Long> bytes) {

	private static final Pattern ROW = Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+)");

	private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)");

	private static final int SHOWN = 15;

	/**
	 * Read what a server wrote.
	 * @param file the file
	 */
	public static Histogram read(Path file) throws IOException {
		long total = 0;
		Map<String, Long> bytes = new LinkedHashMap<>();
		for (String line : Files.readAllLines(file)) {
			Matcher row = ROW.matcher(line);
			Matcher sum = TOTAL.matcher(line);
			if (row.find()) {
				bytes.merge(row.group(2), Long.parseLong(row.group(1)), Long::sum);
			}
			else if (sum.find()) {
				total = Long.parseLong(sum.group(1));
			}
		}
		return new Histogram(total, bytes);
	}

	/**
	 * Which classes grew most.
	 * @param before what lived before
	 * @param count of what there is more now
	 */
	String since(Histogram before, long count) {
		Set<String> names = new LinkedHashSet<>(this.bytes.keySet());
		names.addAll(before.bytes.keySet());
		Map<String, Long> grown = new LinkedHashMap<>();
		names.forEach(
				(name) -> grown.put(name, this.bytes.getOrDefault(name, 0L) - before.bytes.getOrDefault(name, 0L)));
		StringBuilder text = new StringBuilder("%10.1f  bytes for each of %,d, of which%n"
			.formatted((double) (this.total - before.total) / count, count));
		grown.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByValue(Comparator.comparingLong((Long more) -> -Math.abs(more))))
			.limit(SHOWN)
			.forEach((entry) -> text
				.append("%10.1f  %s%n".formatted((double) entry.getValue() / count, entry.getKey())));
		return text.toString();
	}

}
