package io.neffos.client.jdk;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.neffos.Namespaces;
import io.neffos.RefusedException;
import io.neffos.client.NeffosClient;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that refuses and hangs up without a close frame, as the original does. */
class RefusalBeforeTheEndTests {

	@RepeatedTest(50)
	void refusalRightBeforeTheEndIsNotLost() throws Exception {
		try (HandServer server = new HandServer()) {
			CompletableFuture<NeffosClient> dialed = NeffosClient.builder()
				.uri(server.uri())
				.namespaces(Namespaces.builder().namespace("lab", (events) -> {
				}).build())
				.dialAsync();
			try (HandPeer peer = server.accept()) {
				peer.open();
				assertThat(peer.next().text()).isEqualTo("M");
				peer.write(HandPeer.text("Hmembers only"));
			}
			assertThatThrownBy(() -> dialed.get(10, TimeUnit.SECONDS)).hasCauseInstanceOf(RefusedException.class)
				.hasMessageContaining("members only");
		}
	}

}
