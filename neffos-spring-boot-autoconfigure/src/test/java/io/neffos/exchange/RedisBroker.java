package io.neffos.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.awaitility.Awaitility.await;

/**
 * Redis for tests: {@code redis-server} of the PATH, else the address that the system
 * property or the environment variable {@code neffos.test.redis} names, else a container.
 */
public final class RedisBroker extends ServerBroker {

	private static final BrokerProgram PROGRAM = new BrokerProgram("Redis", "redis-server", "neffos.test.redis",
			"redis:7.4-alpine", 6379);

	private RedisBroker(Place place) {
		super(PROGRAM, place);
	}

	/** Any Redis, or the test is skipped. */
	public static RedisBroker any() {
		return PROGRAM.isInstalled() ? ours() : new RedisBroker(PROGRAM.elsewhere());
	}

	/**
	 * A process of the test's own, or the test is skipped.
	 * @param options more of its command line
	 */
	public static RedisBroker ours(String... options) {
		int port = BrokerProcess.freePort();
		RedisBroker broker = new RedisBroker(PROGRAM.ours(port, List.of("--port", String.valueOf(port), "--bind",
				"127.0.0.1", "--save", "", "--appendonly", "no", "--dir", ".", "--daemonize", "no"), options));
		broker.start();
		return broker;
	}

	@Override
	public int clients() {
		return (int) ask("CLIENT LIST").lines().filter((line) -> line.startsWith("id=")).count() - 1;
	}

	/** How often somebody subscribed a channel that begins with this. */
	public int channels(String prefix) {
		return (int) ask("PUBSUB CHANNELS " + prefix + "*").lines().filter((line) -> line.startsWith(prefix)).count();
	}

	/** The answer to a command without spaces in its arguments, as it is on the wire. */
	public String ask(String command) {
		return ask(host(), port(), command);
	}

	/** The same of another Redis, or of a Sentinel. */
	public static String ask(String host, int port, String command) {
		try (Socket socket = new Socket(host, port)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
			// It answers what came before the end, and ends then; Sentinel knows no QUIT.
			socket.shutdownOutput();
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command, ex);
		}
	}

	/** Wait until it answers, and not only accepts. */
	public void awaitAnswer() {
		await().atMost(Duration.ofSeconds(20)).until(() -> ask("PING").contains("PONG"));
	}

}
