package io.neffos.client;

import java.time.Duration;

import io.neffos.RefusedException;
import io.neffos.testkit.BothSides;
import io.neffos.testkit.Recorder;
import io.neffos.testkit.TestServer;
import io.neffos.transport.CloseCause;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A connection that is refused before it is acknowledged. */
class RefusedDialTests {

	private volatile boolean serverRefuses = true;

	private final BothSides sides = new BothSides((server) -> server.namespace("chat", (events) -> {
	}).onConnect((conn) -> {
		if (this.serverRefuses) {
			throw new RefusedException("not today");
		}
	}), (client) -> client.namespace("chat", (events) -> {
	}).onConnect((conn) -> {
		throw new RefusedException("not like this");
	}));

	private final Recorder observer = new Recorder();

	@AfterEach
	void close() {
		this.sides.close();
	}

	@Test
	void observersAreToldThatTheServerRefused() {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::dial).withMessage("not today");
		expectCause(CloseCause.REFUSED);
	}

	@Test
	void observersAreToldThatTheApplicationRefused() {
		this.serverRefuses = false;
		assertThatExceptionOfType(RefusedException.class).isThrownBy(this::dial).withMessage("not like this");
		expectCause(CloseCause.APPLICATION);
	}

	private void dial() {
		this.sides.dial((builder) -> builder.observer(this.observer));
	}

	private void expectCause(CloseCause cause) {
		await().atMost(Duration.ofSeconds(20)).until(() -> !this.observer.closed().isEmpty());
		assertThat(this.observer.closed()).containsExactly(cause);
	}

}
