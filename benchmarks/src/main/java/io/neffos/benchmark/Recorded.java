package io.neffos.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** What a recording says about allocations and time. */
final class Recorded {

	private static final int SHOWN = 20;

	private static final String OWN = "io.neffos.";

	private final Map<String, Double> sites = new HashMap<>();

	private final Map<String, Double> tops = new HashMap<>();

	private final Map<String, Double> callers = new HashMap<>();

	private final Map<String, Double> natives = new HashMap<>();

	Recorded(Path file) throws IOException {
		try (RecordingFile recording = new RecordingFile(file)) {
			while (recording.hasMoreEvents()) {
				add(recording.readEvent());
			}
		}
	}

	private void add(RecordedEvent event) {
		RecordedStackTrace stack = event.getStackTrace();
		switch (event.getEventType().getName()) {
			case "jdk.ObjectAllocationSample" -> {
				RecordedClass type = event.getClass("objectClass");
				this.sites.merge("%s at %s".formatted((type != null) ? type.getName() : "?", place(stack)),
						(double) event.getLong("weight"), Double::sum);
			}
			case "jdk.ExecutionSample" -> {
				this.tops.merge(top(stack), 1.0, Double::sum);
				this.callers.merge(own(stack), 1.0, Double::sum);
			}
			case "jdk.NativeMethodSample" -> {
				if (!waits(stack)) {
					this.natives.merge(place(stack), 1.0, Double::sum);
				}
			}
			default -> {
			}
		}
	}

	private static List<RecordedFrame> frames(@Nullable RecordedStackTrace stack) {
		return (stack != null) ? stack.getFrames() : List.of();
	}

	/**
	 * A thread that waits for work in the kernel is sampled as well, and costs nothing.
	 */
	private static boolean waits(@Nullable RecordedStackTrace stack) {
		String top = top(stack);
		return top.contains("EPoll.wait") || top.endsWith(".accept") || top.contains("FileInputStream.readBytes");
	}

	private static String top(@Nullable RecordedStackTrace stack) {
		List<RecordedFrame> frames = frames(stack);
		return frames.isEmpty() ? "?" : name(frames.get(0));
	}

	private static String own(@Nullable RecordedStackTrace stack) {
		return frames(stack).stream()
			.filter((frame) -> name(frame).startsWith(OWN))
			.findFirst()
			.map((frame) -> "%s:%d".formatted(name(frame), frame.getLineNumber()))
			.orElse("none of ours");
	}

	/** Where in which method, and what of ours called it. */
	private static String place(@Nullable RecordedStackTrace stack) {
		String top = top(stack);
		String own = own(stack);
		return own.startsWith(top + ":") ? own : "%s, for %s".formatted(top, own);
	}

	private static String name(RecordedFrame frame) {
		return "%s.%s".formatted(frame.getMethod().getType().getName(), frame.getMethod().getName());
	}

	/**
	 * What is largest.
	 * @param bytes how much is allocated for each operation
	 * @param unit what an operation is called
	 */
	String text(double bytes, String unit) {
		return list("allocated (bytes for each %s, share)".formatted(unit), this.sites, bytes)
				+ list("time in Java, by method", this.tops, Double.NaN)
				+ list("time in Java, by line of ours", this.callers, Double.NaN)
				+ list("time in native methods, most of it system calls", this.natives, Double.NaN);
	}

	private static String list(String title, Map<String, Double> shares, double whole) {
		double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
		StringBuilder text = new StringBuilder("  %s%n".formatted(title));
		shares.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Double>comparingByValue().reversed())
			.limit(SHOWN)
			.forEach((entry) -> text
				.append("  %10s %5.1f %%  %s%n".formatted(Report.number(entry.getValue() / sum * whole, "%.2f"),
						100 * entry.getValue() / sum, entry.getKey())));
		return text.toString();
	}

}
