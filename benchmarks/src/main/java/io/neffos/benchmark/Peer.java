package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.neffos.benchmark.Scenario.Size;
import io.neffos.benchmark.peer.ours.OursServer;
import io.neffos.benchmark.peer.plain.PlainServer;
import io.neffos.benchmark.peer.socketio.SocketIoServer;
import io.neffos.benchmark.peer.stomp.StompServer;

/**
 * A server that is compared.
 *
 * @param name how it is selected
 * @param title what it is, for people
 * @param program a Java class, or the path of an executable
 * @param java whether it is a Java class
 * @param arguments what the program gets; those that begin with "-X" are the Java
 * machine's
 * @param load the load generator's arguments that make it speak the server's protocol
 */
public record Peer(String name, String title, String program, boolean java, List<String> arguments, List<String> load) {

	/** The one the others are compared with. */
	static final String OURS = "ours";

	/** On the container's own WebSocket sessions. */
	static final String STANDARD = "ours-standard";

	/** With the settings for many idle connections that are documented. */
	static final String TUNED = "ours-tuned";

	static final String STOMP = "stomp";

	static final String SOCKETIO = "socketio";

	static final String PLAIN = "plain";

	static final String GO = "go";

	private static final String TITLE = "neffos for Spring Boot";

	private static final List<String> NEFFOS = List.of("--proto", "neffos");

	/**
	 * Those that can run here.
	 * @param options says where they are, and which variants of ours there are
	 */
	static List<Peer> all(Options options) {
		List<Peer> result = new ArrayList<>();
		result.add(java(OURS, TITLE, OursServer.class, List.of(), NEFFOS));
		result.add(java(STANDARD, TITLE + ", standard transport", OursServer.class,
				List.of("--neffos.transport=standard"), NEFFOS));
		result.add(java(TUNED, TITLE + ", small buffers", OursServer.class,
				List.of("--benchmark.socket-buffer=512", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20"),
				NEFFOS));
		options.variants()
			.forEach((name, arguments) -> result
				.add(java(name, TITLE + ", " + name, OursServer.class, arguments, NEFFOS)));
		// Straight to the broker, which is cheaper than through a method of a controller.
		result.add(java(STOMP, "Spring STOMP simple broker", StompServer.class, List.of(),
				List.of("--proto", "stomp", "--stomp-send", "/topic/")));
		result.add(java(SOCKETIO, "netty-socketio", SocketIoServer.class, List.of(), List.of("--proto", "socketio")));
		result.add(java(PLAIN, "plain WebSocketHandler", PlainServer.class, List.of(), NEFFOS));
		String goServer = options.goServer();
		if (!goServer.isEmpty()) {
			result.add(new Peer(GO, "neffos (Go), SyncBroadcaster", goServer, false, List.of(), NEFFOS));
		}
		return List.copyOf(result);
	}

	private static Peer java(String name, String title, Class<?> program, List<String> arguments, List<String> load) {
		return new Peer(name, title, program.getName(), true, arguments, load);
	}

	/** Whether it is a server of ours, however it is set. */
	boolean ours() {
		return this.title.startsWith(TITLE);
	}

	/**
	 * Whether it is worth asking it something.
	 * @param scenario what it would be asked
	 */
	boolean takesPart(Scenario scenario) {
		return !this.name.equals(TUNED) || scenario.kind() == Scenario.Kind.RESIDENT;
	}

	/**
	 * The command that starts it.
	 * @param options of the Java machine
	 */
	public List<String> command(List<String> options) {
		List<String> result = new ArrayList<>();
		Predicate<String> machine = (argument) -> this.java && argument.startsWith("-X");
		if (this.java) {
			result.add(ProcessHandle.current().info().command().orElse("java"));
			result.addAll(options);
			this.arguments.stream().filter(machine).forEach(result::add);
			result.addAll(List.of("-cp", System.getProperty("java.class.path")));
		}
		result.add(this.program);
		this.arguments.stream().filter(machine.negate()).forEach(result::add);
		return result;
	}

	/**
	 * Why it cannot be asked something.
	 * @param scenario what it would be asked
	 * @param openFiles how many files a process may open
	 * @param size how large it would be
	 * @return the reason, empty if it can
	 */
	String unable(Scenario scenario, int openFiles, Size size) {
		if (size.total() + Scenarios.RESERVE > openFiles) {
			return "%,d connections need more than the %,d open files that are allowed".formatted(size.total(),
					openFiles);
		}
		return scenario.unsupported().getOrDefault(this.name, "");
	}

}
