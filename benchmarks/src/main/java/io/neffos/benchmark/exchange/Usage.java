package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used.
 *
 * @param cpuSeconds of user and system
 * @param residentKilobytes now
 */
record Usage(double cpuSeconds, long residentKilobytes) {

	/** What Linux counts in, for everybody. */
	private static final double TICKS = 100;

	private static final int USER = 11;

	/**
	 * Of one process.
	 * @param pid the process
	 * @throws IOException if it is gone
	 */
	static Usage of(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		long resident = Files.readAllLines(Path.of("/proc/%d/status".formatted(pid)))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.map((line) -> line.replaceAll("\\D", ""))
			.mapToLong(Long::parseLong)
			.findFirst()
			.orElseThrow(() -> new IOException("The process %d has ended".formatted(pid)));
		return new Usage((Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) / TICKS, resident);
	}

}
