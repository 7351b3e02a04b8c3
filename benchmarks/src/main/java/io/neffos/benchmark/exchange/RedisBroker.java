package io.neffos.benchmark.exchange;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redis. Bytes are all that crossed its sockets, but for the connection that asks here.
 */
final class RedisBroker implements Broker {

	private static final Pattern SUBSCRIPTIONS = Pattern.compile(" p?sub=(\\d+)");

	private final BrokerProcess process;

	private final int port;

	private final Socket socket;

	private final InputStream input;

	private long asked;

	private long answered;

	private RedisBroker(BrokerProcess process, int port, Socket socket) throws IOException {
		this.process = process;
		this.port = port;
		this.socket = socket;
		this.input = new BufferedInputStream(socket.getInputStream());
	}

	static RedisBroker start(Path program, Path directory) throws IOException, InterruptedException {
		int port = BrokerProcess.freePort();
		BrokerProcess process = BrokerProcess.start(List.of(program.toString(), "--bind", "127.0.0.1", "--port",
				String.valueOf(port), "--save", "", "--appendonly", "no"), port, directory.resolve("redis.log"));
		try {
			return new RedisBroker(process, port, new Socket(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			process.close();
			throw ex;
		}
	}

	@Override
	public int port() {
		return this.port;
	}

	@Override
	public long pid() {
		return this.process.pid();
	}

	@Override
	public String version() throws IOException {
		return "Redis " + value(ask("INFO server"), "redis_version");
	}

	@Override
	public State state() throws IOException {
		Matcher matcher = SUBSCRIPTIONS.matcher(ask("CLIENT LIST"));
		long subscriptions = 0;
		while (matcher.find()) {
			subscriptions += Long.parseLong(matcher.group(1));
		}
		long connections = Long.parseLong(value(ask("INFO clients"), "connected_clients")) - 1;
		long answeredBefore = this.answered;
		String stats = ask("INFO stats");
		return new State(connections, subscriptions, Long.parseLong(value(stats, "total_net_input_bytes")) - this.asked,
				Long.parseLong(value(stats, "total_net_output_bytes")) - answeredBefore);
	}

	private static String value(String info, String name) throws IOException {
		Matcher matcher = Pattern.compile("^%s:(\\S*)".formatted(name), Pattern.MULTILINE).matcher(info);
		if (!matcher.find()) {
			throw new IOException("Redis does not say its " + name);
		}
		return matcher.group(1);
	}

	private String ask(String question) throws IOException {
		byte[] bytes = (question + "\r\n").getBytes(StandardCharsets.US_ASCII);
		this.socket.getOutputStream().write(bytes);
		this.asked += bytes.length;
		String head = line();
		if (!head.startsWith("$")) {
			throw new IOException("Redis answered '%s' with '%s'".formatted(question, head));
		}
		byte[] answer = this.input.readNBytes(Integer.parseInt(head.substring(1)));
		line();
		this.answered += head.length() + 2 + answer.length + 2;
		return new String(answer, StandardCharsets.UTF_8);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.read(); next != '\n'; next = this.input.read()) {
			if (next < 0) {
				throw new IOException("Redis is gone");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			System.err.println("The connection to Redis did not close: " + ex);
		}
		this.process.close();
	}

}
