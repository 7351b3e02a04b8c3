package io.neffos.interop;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The original Go server of {@code go-server}, with the namespaces of the sample
 * application, on a port of its own.
 */
final class GoServer implements Peer {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final Pattern READY = Pattern.compile("listening on (\\d+)");

	private static final Pattern DROPPED = Pattern.compile("dropped (\\d+)");

	private final Path executable;

	private final Path log;

	private final int port;

	private Process process;

	private BufferedReader output;

	private GoServer(Path executable, String name) throws IOException {
		this.executable = executable;
		this.log = Directories.target().resolve(name + "-go-server.log");
		this.process = launch(0);
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
		this.port = Integer.parseInt(expect(READY));
	}

	/**
	 * Builds the server, starts it and waits until it answers.
	 * @param name names the log file
	 * @return the running server
	 * @throws IOException if it cannot be started
	 */
	static GoServer start(String name) throws IOException {
		return new GoServer(build(), name);
	}

	private static Path build() throws IOException {
		Path source = Directories.module().resolve("go-server");
		Path executable = Directories.target().resolve("go-server");
		GoModules.require(source);
		Program build = Program.run("go-server-build", source, Map.of(),
				List.of("go", "build", "-buildvcs=false", "-o", executable.toString(), "."));
		if (build.exitCode() != 0) {
			throw new AssertionError("The Go server cannot be built:\n" + build.output());
		}
		return executable;
	}

	@Override
	public String url() {
		return "ws://127.0.0.1:%d/neffos".formatted(this.port);
	}

	@Override
	public boolean isOriginal() {
		return true;
	}

	@Override
	public synchronized void restart(boolean kill) throws IOException {
		end(kill);
		this.process = launch(this.port);
		this.output = this.process.inputReader(StandardCharsets.UTF_8);
		expect(READY);
	}

	/**
	 * Resets all connections, without a close frame, as a network does that breaks.
	 * @return how many there were
	 * @throws IOException if the server has ended
	 */
	synchronized int drop() throws IOException {
		OutputStream input = this.process.getOutputStream();
		input.write("drop\n".getBytes(StandardCharsets.UTF_8));
		input.flush();
		return Integer.parseInt(expect(DROPPED));
	}

	@Override
	public synchronized void close() {
		end(true);
	}

	private Process launch(int wanted) throws IOException {
		Process launched = new ProcessBuilder(List.of(this.executable.toString(), "-port", String.valueOf(wanted)))
			.redirectError(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
			.start();
		// It also ends by itself, when its input does.
		Runtime.getRuntime().addShutdownHook(new Thread(launched::destroyForcibly));
		return launched;
	}

	private String expect(Pattern pattern) throws IOException {
		String line = this.output.readLine();
		Matcher matcher = pattern.matcher((line != null) ? line : "");
		if (!matcher.matches()) {
			throw new AssertionError("The Go server says '%s'%n%s".formatted(line, Program.read(this.log)));
		}
		return matcher.group(1);
	}

	private void end(boolean kill) {
		try {
			if (kill) {
				this.process.destroyForcibly();
			}
			else {
				this.process.getOutputStream().close();
			}
			if (!this.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				throw new AssertionError("The Go server does not end:\n" + Program.read(this.log));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new UncheckedIOException(new IOException("Interrupted while ending the Go server", ex));
		}
		finally {
			this.process.destroyForcibly();
		}
	}

}
