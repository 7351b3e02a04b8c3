package io.neffos.benchmark.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.management.JMException;
import javax.management.ObjectName;

import com.sun.management.ThreadMXBean;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the benchmark wants to know of a server's inside: a line on the standard
 * input is a question, a line that begins with "=" on the standard output its answer. The
 * process ends when its standard input does, however that went.
 */
final class Control {

	private static final Duration SAMPLES = Duration.ofMillis(10);

	private @Nullable Recording recording;

	/** Answer until there are no more questions, then end the process. */
	void run() {
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
			String line = reader.readLine();
			while (line != null) {
				System.out.println("= " + answer(line.split(" ", 2)));
				line = reader.readLine();
			}
		}
		catch (IOException ex) {
			// Who started this is gone as well.
		}
		Runtime.getRuntime().halt(0);
	}

	private String answer(String[] question) {
		try {
			return switch (question[0]) {
				case "heap" -> heap(Path.of(question[1]));
				case "allocated" -> String.valueOf(allocated());
				case "record" -> record();
				case "recorded" -> recorded(Path.of(question[1]));
				default -> "not understood";
			};
		}
		catch (IOException | JMException | RuntimeException ex) {
			return "failed: " + ex;
		}
	}

	/** The histogram of what lives, after a full collection, into a file. */
	private static String heap(Path file) throws IOException, JMException {
		Object histogram = ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		Files.writeString(file, String.valueOf(histogram));
		return "written";
	}

	/** What the Java machine has counted, for each thread that lives, since its start. */
	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sum = 0;
		for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

	private String record() {
		Recording begun = new Recording();
		begun.enable("jdk.ObjectAllocationSample").with("throttle", "2000/s").withStackTrace();
		begun.enable("jdk.ExecutionSample").withPeriod(SAMPLES).withStackTrace();
		begun.enable("jdk.NativeMethodSample").withPeriod(SAMPLES).withStackTrace();
		begun.start();
		this.recording = begun;
		return "recording";
	}

	private String recorded(Path file) throws IOException {
		Recording begun = this.recording;
		if (begun == null) {
			return "failed: nothing is recorded";
		}
		begun.stop();
		begun.dump(file);
		begun.close();
		this.recording = null;
		return "written";
	}

}
