package io.neffos.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The sample twice, with a broker between: visitors of one are visitors of both.
 */
abstract class TwoInstancesTests {

	private final List<Instance> instances = new ArrayList<>();

	private @Nullable TestBroker broker;

	abstract TestBroker startBroker() throws IOException;

	@BeforeEach
	void start() throws IOException {
		this.broker = startBroker();
	}

	@AfterEach
	void stop() throws Exception {
		for (Instance instance : this.instances) {
			instance.close();
		}
		if (this.broker != null) {
			this.broker.close();
		}
	}

	private Instance instance(String name) {
		Instance instance = new Instance(arguments(name));
		this.instances.add(instance);
		return instance;
	}

	private List<String> arguments(String name) {
		List<String> arguments = new ArrayList<>(Objects.requireNonNull(this.broker).properties());
		arguments.add("--neffos.exchange.server-name=" + name);
		arguments.add("--neffos.exchange.lease=8s");
		return arguments;
	}

	@Test
	void visitorsOfBothChat() throws Exception {
		Instance east = instance("east");
		Instance west = instance("west");
		TestNamespace ann = east.visitor("ann");
		TestNamespace bob = west.visitor("bob");
		await().atMost(Instance.PATIENCE).until(() -> ann.ask("where", null).text().contains("west"));
		ann.ask("where", null).expect(place("east", "east", "west"));
		TestRoom annsLobby = ann.join("lobby");
		bob.skipTo("rooms", (rooms) -> rooms.text().contains("{\"name\":\"lobby\",\"size\":1}"));
		TestRoom bobsLobby = bob.join("lobby");
		annsLobby.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\",\"bob\"]}"));
		bobsLobby.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"bob\",\"ann\"]}"));
		annsLobby.emit("say", "{\"text\":\"hello\"}");
		bobsLobby.skipTo("said", (said) -> said.text().startsWith("{\"from\":\"ann\",\"text\":\"hello\""));
		bobsLobby.emit("say", "{\"text\":\"hello yourself\"}");
		annsLobby.skipTo("said", (answer) -> answer.text().contains("hello yourself"));
		await().atMost(Instance.PATIENCE)
			.untilAsserted(() -> assertThat(List.of(east.get("/api/rooms"), west.get("/api/rooms")))
				.containsOnly("[{\"name\":\"lobby\",\"size\":2}]"));
		assertThat(east.get("/actuator/health")).contains("neffosExchange").doesNotContain("DOWN");
		bobsLobby.leave();
		annsLobby.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\"]}"));
		bob.skipTo("rooms", (rooms) -> rooms.text().equals("[{\"name\":\"lobby\",\"size\":1}]"));
	}

	@Test
	void visitorsOfAnInstanceThatStopsAreGone() {
		Instance east = instance("east");
		Instance west = instance("west");
		TestRoom ann = east.visitor("ann").join("lobby");
		west.visitor("bob").join("lobby");
		ann.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\",\"bob\"]}"));
		west.close();
		ann.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\"]}"));
		ann.namespace().ask("where", null).expect(place("east", "east"));
	}

	/** A process that is killed says no good-bye; its lease has to run out. */
	@Test
	void visitorsOfAnInstanceThatIsKilledAreGoneAfterItsLease() throws Exception {
		Instance east = instance("east");
		TestRoom ann = east.visitor("ann").join("lobby");
		int port = TestBroker.freePort();
		Process west = fork(port);
		try {
			await().atMost(Instance.PATIENCE).until(() -> ann.namespace().ask("where", null).text().contains("west"));
			// The web server is there only after the cluster is.
			await().atMost(Instance.PATIENCE).ignoreExceptions().until(() -> Instance.get(port, "/api/rooms") != null);
			Instance.visitor(port, "bob").join("lobby");
			ann.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\",\"bob\"]}"));
		}
		finally {
			west.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
		}
		await().atMost(Instance.PATIENCE)
			.untilAsserted(() -> assertThat(east.get("/api/rooms")).isEqualTo("[{\"name\":\"lobby\",\"size\":1}]"));
		ann.skipTo("presence", (presence) -> presence.text().equals("{\"members\":[\"ann\"]}"));
		ann.namespace().ask("where", null).expect(place("east", "east"));
	}

	private Process fork(int port) throws IOException {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(), "--server.port=" + port));
		command.addAll(arguments("west"));
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Path.of("target", "killed-instance.log").toFile())
			.start();
		Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
		return process;
	}

	static String place(String server, String... servers) {
		return "{\"server\":\"%s\",\"servers\":[\"%s\"]}".formatted(server, String.join("\",\"", servers));
	}

}
