package io.neffos.websocket.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.neffos.framing.ClientFrames;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.socket.server.RequestUpgradeStrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Asks a server all cases. They have the numbers of the Autobahn test suite, sections 1
 * to 7, 9 and 10; sections 8, 11 and those about compression are about nothing we offer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AbstractConformanceTests {

	private static final int PATIENCE_MILLIS = 10_000;

	private static final int SMALL = 256 * 1024;

	private EchoServer server;

	private EchoServer largeServer;

	/** How the server upgrades, given its limit of incoming messages. */
	protected abstract RequestUpgradeStrategy strategy(int maxMessageSize);

	/** Why which cases do not hold for this server. */
	protected Map<String, String> differences() {
		return Map.of();
	}

	@BeforeAll
	void start() {
		this.server = new EchoServer(strategy(SMALL), SMALL);
		this.largeServer = new EchoServer(strategy(SizeCases.LARGEST), SizeCases.LARGEST);
	}

	@AfterAll
	void stop() {
		this.server.close();
		this.largeServer.close();
	}

	static List<ConformanceCase> cases() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(BasicCases.all());
		all.addAll(FragmentCases.all());
		all.addAll(Utf8Cases.all());
		all.addAll(CloseCases.all());
		return all;
	}

	static List<ConformanceCase> sizeCases() {
		return SizeCases.all();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void conforms(ConformanceCase one) {
		play(one, this.server);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("sizeCases")
	void copesWith(ConformanceCase one) {
		play(one, this.largeServer);
	}

	private void play(ConformanceCase one, EchoServer echo) {
		String difference = differences().get(one.id());
		if (difference == null) {
			try {
				one.play(echo.port(), PATIENCE_MILLIS);
			}
			catch (AssertionError | IOException ex) {
				throw new AssertionError("Case " + one, ex);
			}
		}
		else {
			assertThatThrownBy(() -> one.play(echo.port(), PATIENCE_MILLIS)).as("still true: %s", difference)
				.isNotNull();
		}
	}

	/** Not asked by others: a client may end its direction when it has said all. */
	@Test
	void answersThoughTheClientHasEnded() throws IOException {
		try (FrameClient client = new FrameClient(this.server.port(), PATIENCE_MILLIS)) {
			client.send(new ClientFrames().text("last").close(1000, "")).end().expectText("last").closed(1000);
		}
	}

	@Test
	void differencesAreOfCases() {
		assertThat(cases()).extracting(ConformanceCase::id).containsAll(differences().keySet());
	}

	@Test
	void asksAll() {
		assertThat(cases()).extracting(ConformanceCase::id)
			.doesNotHaveDuplicates()
			.hasSize(16 + 11 + 7 + 10 + 20 + 1 + 145 + 37);
		assertThat(sizeCases()).extracting(ConformanceCase::id).doesNotHaveDuplicates().hasSize(54);
	}

}
