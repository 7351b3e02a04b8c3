package io.neffos.exchange;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.neffos.exchange.ServerBroker.Place;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * The program of a broker, and where tests find one: on the PATH, else at an address that
 * somebody names, else in a container.
 *
 * @param name what the broker is called
 * @param command the command, which is also the name of its package
 * @param variable the system property or environment variable that names an address
 * @param image the image of its container
 * @param imagePort where it listens in its container
 */
record BrokerProgram(String name, String command, String variable, String image, int imagePort) {

	private static final String LOOPBACK = "127.0.0.1";

	boolean isInstalled() {
		return BrokerProcess.find(this.command) != null;
	}

	/**
	 * A process of the test's own, not started yet, or the test is skipped. Its directory
	 * is empty.
	 * @param port where it will listen
	 * @param arguments its command line
	 * @param options more of it
	 */
	Place ours(int port, List<String> arguments, String... options) {
		Path program = BrokerProcess.find(this.command);
		if (program == null) {
			throw BrokerProcess.missing("No %1$s on the PATH. Install the package %1$s".formatted(this.command));
		}
		List<String> line = new ArrayList<>(List.of(program.toString()));
		line.addAll(arguments);
		line.addAll(List.of(options));
		BrokerProcess process = new BrokerProcess(line, port, BrokerProcess.directory(this.command));
		return new Place(LOOPBACK, port, process, null);
	}

	/** One at an address or in a container, or the test is skipped. */
	Place elsewhere() {
		String address = System.getProperty(this.variable, System.getenv(this.variable));
		if (address != null) {
			int colon = address.lastIndexOf(':');
			return new Place(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)), null, null);
		}
		if (DockerClientFactory.instance().isDockerAvailable()) {
			GenericContainer<?> started = new GenericContainer<>(this.image).withExposedPorts(this.imagePort);
			started.start();
			return new Place(started.getHost(), started.getMappedPort(this.imagePort), null, started);
		}
		throw BrokerProcess.missing(
				("No %1$s: neither %2$s on the PATH, nor -D%3$s=host:port, nor Docker." + " Install the package %2$s")
					.formatted(this.name, this.command, this.variable));
	}

}
