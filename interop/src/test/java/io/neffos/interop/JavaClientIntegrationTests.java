package io.neffos.interop;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.opentest4j.TestAbortedException;

/**
 * The Java client, with the scenarios of the Go client. {@link ScenarioListTests} says
 * which of them only one of the two has, and why; {@link Difference} where servers
 * differ.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JavaClientIntegrationTests
		implements ConnectScenarios, RoomScenarios, InvitationScenarios, MessageScenarios, ReturnScenarios {

	private @Nullable Peer peer;

	private @Nullable ClientSession session;

	abstract Peer start() throws IOException;

	@BeforeAll
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	void startPeer() throws IOException {
		try {
			this.peer = start();
		}
		catch (TestAbortedException ex) {
			System.out.println("Skipped: " + getClass().getSimpleName() + ". " + ex.getMessage());
			throw ex;
		}
	}

	@AfterAll
	void stopPeer() {
		if (this.peer != null) {
			this.peer.close();
		}
	}

	@BeforeEach
	void openSession() {
		this.session = new ClientSession(this.peer);
	}

	@AfterEach
	void closeSession() {
		this.session.close();
	}

	@Override
	public ClientSession session() {
		return this.session;
	}

}
