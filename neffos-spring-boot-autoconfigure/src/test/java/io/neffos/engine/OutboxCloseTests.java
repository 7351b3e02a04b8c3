package io.neffos.engine;

import java.nio.charset.StandardCharsets;

import io.neffos.testkit.TestServer;
import io.neffos.testkit.WireClient;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection that overflows between the queueing of a message and its writing. */
class OutboxCloseTests {

	private static final WireFrame FRAME = new WireFrame(";chat;;tick;0;0;".getBytes(StandardCharsets.UTF_8), false);

	@Test
	void closeMeanwhileStillEndsTheSocket() {
		try (TestServer server = new TestServer(
				TestServer.namespaces((namespaces) -> namespaces.namespace("chat", (events) -> {
				})), TestServer.settings(TestServer.SETTINGS).outbox(1, 1024).build())) {
			WireClient client = server.client("chat");
			EngineConn conn = (EngineConn) client.on(server);
			Wakes wakes = new Wakes();
			conn.enqueue(FRAME, wakes);
			conn.enqueue(FRAME, wakes);
			conn.close(4000, "bye");
			wakes.run();
			assertThat(client.closed().code()).isEqualTo(4000);
		}
	}

}
