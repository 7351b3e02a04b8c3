package io.neffos.benchmark.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.neffos.benchmark.ServerProcess;

/**
 * Two servers that are one, and what is between them.
 *
 * @param broker what is between them
 * @param first the first server
 * @param second the second server
 */
record Pair(Broker broker, ServerProcess first, ServerProcess second) implements AutoCloseable {

	/**
	 * Start all three.
	 * @param peer what the servers are
	 * @param javaOptions of Java servers
	 * @param directory where their output goes
	 * @throws IOException if one of them does not start
	 */
	static Pair start(ExchangePeer peer, List<String> javaOptions, Path directory)
			throws IOException, InterruptedException {
		Broker broker = peer.broker().start(directory);
		try {
			List<String> command = peer.server(broker.port()).command(javaOptions);
			ServerProcess first = ServerProcess.start(command,
					directory.resolve("server-%s-1.log".formatted(peer.name())));
			try {
				return new Pair(broker, first,
						ServerProcess.start(command, directory.resolve("server-%s-2.log".formatted(peer.name()))));
			}
			catch (IOException | InterruptedException ex) {
				first.close();
				throw ex;
			}
		}
		catch (IOException | InterruptedException ex) {
			broker.close();
			throw ex;
		}
	}

	/** The load generator's arguments that name them. */
	List<String> load() {
		return List.of("--port", String.valueOf(this.first.port()), "--server-pid", String.valueOf(this.first.pid()),
				"--port2", String.valueOf(this.second.port()), "--server-pid2", String.valueOf(this.second.pid()),
				"--broker-pid", String.valueOf(this.broker.pid()));
	}

	@Override
	public void close() {
		this.first.close();
		this.second.close();
		this.broker.close();
	}

}
