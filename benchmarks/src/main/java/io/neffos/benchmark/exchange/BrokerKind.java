package io.neffos.benchmark.exchange;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What there can be between two servers. */
enum BrokerKind {

	/** Redis, by its publish and subscribe. */
	REDIS("redis-server"),

	/** NATS, without JetStream. */
	NATS("nats-server");

	private final String program;

	BrokerKind(String program) {
		this.program = program;
	}

	/** As it is called on command lines. */
	String text() {
		return name().toLowerCase(Locale.ROOT);
	}

	String program() {
		return this.program;
	}

	/** Where it is, if it is on the path. */
	Optional<Path> find() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
			.filter((directory) -> !directory.isEmpty())
			.map((directory) -> Path.of(directory, this.program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/**
	 * Start one on a free port of the loopback interface, without persistence.
	 * @param directory where its output goes
	 * @throws IOException if it does not start
	 */
	Broker start(Path directory) throws IOException, InterruptedException {
		Path path = find().orElseThrow(() -> new IOException("there is no " + this.program + " on the PATH"));
		return switch (this) {
			case REDIS -> RedisBroker.start(path, directory);
			case NATS -> NatsBroker.start(path, directory);
		};
	}

}
