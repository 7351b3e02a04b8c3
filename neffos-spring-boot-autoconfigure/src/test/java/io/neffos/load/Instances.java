package io.neffos.load;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.management.JMException;
import javax.management.ObjectName;

/** How many objects of the library's own classes are reachable. */
public final class Instances {

	private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(io\\.neffos\\.[^\\s]+).*");

	/** Tests keep books of their own. */
	private static final Pattern OF_TESTS = Pattern.compile("io\\.neffos\\.(load|chaos|stall|testkit)\\..*");

	private Instances() {
	}

	/** Count after a garbage collection, by class. */
	public static Map<String, Integer> count() throws JMException {
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return histogram.lines()
			.map(LINE::matcher)
			.filter((line) -> line.matches() && !OF_TESTS.matcher(line.group(2)).matches())
			.collect(Collectors.toMap((line) -> line.group(2), (line) -> Integer.valueOf(line.group(1)), Integer::sum,
					TreeMap::new));
	}

	/** Of which classes there are more than before, by more than some. */
	public static Map<String, String> growth(Map<String, Integer> before, Map<String, Integer> after, int some) {
		return after.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() > before.getOrDefault(entry.getKey(), 0) + some)
			.collect(Collectors.toMap(Map.Entry::getKey,
					(entry) -> before.getOrDefault(entry.getKey(), 0) + " to " + entry.getValue()));
	}

}
