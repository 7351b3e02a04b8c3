package io.neffos.websocket;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.neffos.transport.BatchSocket;
import io.neffos.transport.CloseReason;
import io.neffos.transport.Flusher;
import io.neffos.transport.FrameSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/** What waits for a handler of Spring. */
class SessionListenerTests {

	private final List<String> calls = new ArrayList<>();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final AbstractWebSocketHandler handler = new AbstractWebSocketHandler() {

		@Override
		public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
			SessionListenerTests.this.calls.add("message " + message.getPayload());
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			SessionListenerTests.this.calls.add("end " + status.getCode());
		}

	};

	private final StreamSession session = new StreamSession(URI.create("/"), Map.of(), new HashMap<>(), null, null,
			null, null, this.handler, this.tasks::add);

	private final SessionListener listener = new SessionListener(this.session, this.handler, new Recorder(),
			this.tasks::add);

	private void receive(int count) {
		for (int i = 0; i < count; i++) {
			this.listener.onFrame(new byte[] { (byte) ('a' + i % 26) }, false);
		}
	}

	@Test
	void readsNoMoreWhileManyMessagesWait() {
		receive(63);
		assertThat(this.calls).isEmpty();
		receive(10);
		assertThat(this.calls).containsExactly("pause");
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.calls).hasSize(75).containsOnlyOnce("resume");
		// While few wait, and not only when none does.
		assertThat(this.calls.indexOf("resume")).isLessThan(74);
	}

	@Test
	void oneTaskHandlesAllThatWaits() {
		receive(2);
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		receive(1);
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.calls).containsExactly("message a", "message b", "message a");
	}

	@Test
	void endComesLast() {
		receive(2);
		this.listener.onClose(new CloseReason(4001, ""));
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.calls).containsExactly("message a", "message b", "end 4001");
		assertThat(this.session.isOpen()).isFalse();
	}

	private final class Recorder implements BatchSocket {

		@Override
		public boolean pauseReading() {
			return SessionListenerTests.this.calls.add("pause");
		}

		@Override
		public void resumeReading() {
			SessionListenerTests.this.calls.add("resume");
		}

		@Override
		public void attach(FrameSource source) {
		}

		@Override
		public @Nullable Flusher ready() {
			return null;
		}

		@Override
		public void writeNow() {
		}

		@Override
		public void close(CloseReason reason) {
		}

	}

}
