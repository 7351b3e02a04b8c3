package io.neffos.client.jdk;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.neffos.transport.DialRequest;
import io.neffos.transport.DialedSocket;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a socket does about a peer that says nothing. */
class HeartbeatTests {

	private static DialRequest request(HandServer server, Duration heartbeat) {
		return new DialRequest(server.uri(), Map.of(), List.of(), Duration.ofMillis(HandServer.PATIENCE_MILLIS), 1024,
				heartbeat);
	}

	@Test
	void peerThatGivesNoSignOfLifeIsLost() throws Exception {
		try (HandServer server = new HandServer()) {
			var dialed = Dials.DIALER.dial(request(server, Duration.ofMillis(30)));
			try (HandPeer peer = server.accept()) {
				peer.open();
				DialedSocket socket = Dials.get(dialed);
				RecordingListener listener = new RecordingListener();
				socket.start(listener);
				assertThat(peer.next().opcode()).isEqualTo(HandPeer.PING);
				listener.expect("close 1006");
				peer.awaitEnd();
			}
		}
	}

	@Test
	void peerThatAnswersIsAskedAgainAndNotLost() throws Exception {
		try (HandServer server = new HandServer()) {
			// Long enough for an answer on a busy machine.
			var dialed = Dials.DIALER.dial(request(server, Duration.ofSeconds(1)));
			try (HandPeer peer = server.accept()) {
				peer.open();
				DialedSocket socket = Dials.get(dialed);
				RecordingListener listener = new RecordingListener();
				socket.start(listener);
				assertThat(peer.next().opcode()).isEqualTo(HandPeer.PING);
				peer.write(HandPeer.frame(true, HandPeer.PONG, new byte[0]));
				assertThat(peer.next().opcode()).isEqualTo(HandPeer.PING);
				peer.write(HandPeer.text("here"));
				assertThat(peer.next().opcode()).isEqualTo(HandPeer.PING);
				listener.expect("text here");
				assertThat(listener.rest()).isEmpty();
			}
		}
	}

}
