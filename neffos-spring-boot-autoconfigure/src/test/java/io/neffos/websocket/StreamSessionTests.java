package io.neffos.websocket;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketSessionDecorator;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.HandshakeInterceptor;
import org.springframework.web.socket.server.support.HttpSessionHandshakeInterceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** Our session as handlers and interceptors of Spring see it. */
@Timeout(60)
class StreamSessionTests {

	private static final int BUFFER = 64 * 1024;

	private final Recording handler = new Recording();

	private @Nullable RealServer server;

	private RealServer start(UnaryOperator<RealServer.Setup> more) {
		RealServer.Setup setup = RealServer.tomcat(RealServer.Transport.UPGRADE)
			.decorated((handshakes) -> with(handshakes, this.handler));
		this.server = more.apply(setup).start();
		return this.server;
	}

	@AfterEach
	void stop() {
		if (this.server != null) {
			this.server.close();
		}
	}

	/** Puts another handler in the place of ours. */
	private static HandshakeHandler with(HandshakeHandler handshakes, WebSocketHandler handler) {
		return (request, response, ours, attributes) -> handshakes.doHandshake(request, response, handler, attributes);
	}

	@Test
	void tellsWhatTheHandshakeWas() throws Exception {
		try (JdkClient client = new JdkClient(start((setup) -> setup.interceptors(new Attribute())), "?a=b",
				(builder) -> builder.header("X-Colour", "blue"))) {
			WebSocketSession session = this.handler.session();
			assertThat(Objects.requireNonNull(session.getUri()).getPath()).isEqualTo("/neffos");
			assertThat(Objects.requireNonNull(session.getUri()).getQuery()).isEqualTo("a=b");
			assertThat(session.getHandshakeHeaders().getFirst("x-colour")).isEqualTo("blue");
			assertThat(session.getAttributes()).containsEntry("by", "interceptor");
			assertThat(Objects.requireNonNull(session.getRemoteAddress()).getAddress().isLoopbackAddress()).isTrue();
			assertThat(Objects.requireNonNull(session.getLocalAddress()).getPort())
				.isEqualTo(Objects.requireNonNull(this.server).port());
			assertThat(session.getExtensions()).isEmpty();
			assertThat(session.getAcceptedProtocol()).isNull();
			assertThat(session.getPrincipal()).isNull();
			assertThat(session.isOpen()).isTrue();
			assertThat(session.getId()).isNotEmpty().isEqualTo(session.getId());
			client.say("later").next();
			assertThat(session.getHandshakeHeaders().getFirst("X-Colour")).isEqualTo("blue");
		}
	}

	@Test
	void interceptorsSeeTheSessionOfHttp() throws Exception {
		HttpSessionHandshakeInterceptor interceptor = new HttpSessionHandshakeInterceptor();
		interceptor.setCreateSession(true);
		try (JdkClient client = new JdkClient(start((setup) -> setup.interceptors(interceptor)), "",
				UnaryOperator.identity())) {
			assertThat(this.handler.session().getAttributes())
				.containsKey(HttpSessionHandshakeInterceptor.HTTP_SESSION_ID_ATTR_NAME);
			client.say("hello").expect("hello");
		}
	}

	@Test
	void carriesMessagesBothWaysInOrder() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			for (int i = 0; i < 500; i++) {
				client.say("gr\u00fc\u00df " + i);
			}
			for (int i = 0; i < 500; i++) {
				client.expect("gr\u00fc\u00df " + i);
			}
			byte[] big = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
			client.sayBinary(big, true).expect("binary:" + "x".repeat(60_000));
		}
	}

	@Test
	void pingsAndPongs() throws Exception {
		try (RawClient client = new RawClient(start(UnaryOperator.identity()), BUFFER)) {
			WebSocketSession session = this.handler.session();
			session.sendMessage(new PingMessage(ByteBuffer.wrap(new byte[] { 1 })));
			session.sendMessage(new PongMessage(ByteBuffer.wrap("unasked".getBytes(StandardCharsets.UTF_8))));
			assertThat(client.next()).isEqualTo("ping");
			assertThat(client.next()).isEqualTo("pong unasked");
		}
	}

	@Test
	void closesWithTheStatusAndTellsTheEndOnce() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			WebSocketSession session = this.handler.session();
			session.close(new CloseStatus(4001, "bye"));
			assertThat(session.isOpen()).isFalse();
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> session.sendMessage(new TextMessage("late")));
			assertThat(client.closed()).isEqualTo("4001 bye");
			assertThat(this.handler.ends.poll(20, TimeUnit.SECONDS)).isNotNull();
			session.close();
		}
		assertThat(this.handler.ends).isEmpty();
	}

	@Test
	void tellsWhyThePeerCloses() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			client.socket().sendClose(4002, "enough");
			assertThat(this.handler.ends.poll(20, TimeUnit.SECONDS)).isEqualTo(new CloseStatus(4002, "enough"));
			assertThat(this.handler.session().isOpen()).isFalse();
		}
	}

	@Test
	void keepsToTheLimitsThatAHandlerSets() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			this.handler.session().setTextMessageSizeLimit(10);
			client.say("0123456789").expect("0123456789").say("0123456789+");
			assertThat(client.closed()).startsWith("1009");
		}
	}

	@Test
	void sendsOnlyWholeMessages() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.handler.session().sendMessage(new TextMessage("part", false)));
			client.say("still here").expect("still here");
		}
	}

	@Test
	void closesForAPeerThatReadsNothing() throws Exception {
		try (RawClient client = new RawClient(start(UnaryOperator.identity()), 4096)) {
			WebSocketSession session = this.handler.session();
			BinaryMessage message = new BinaryMessage(new byte[100_000]);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
				for (int i = 0; i < 10_000; i++) {
					session.sendMessage(message);
				}
			});
			assertThat(session.isOpen()).isFalse();
			client.awaitEnd();
			assertThat(this.handler.ends.poll(20, TimeUnit.SECONDS)).isNotNull();
		}
	}

	@Test
	void closesWhenAHandlerFails() throws Exception {
		try (JdkClient client = new JdkClient(start(UnaryOperator.identity()), "", UnaryOperator.identity())) {
			client.say("fail");
			assertThat(client.closed()).startsWith("1011");
			assertThat(this.handler.ends.poll(20, TimeUnit.SECONDS)).isNotNull();
		}
	}

	@Test
	void handlersAroundOursLearnOfBeginningAndEnd() throws Exception {
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		try (RealServer other = RealServer.tomcat(RealServer.Transport.UPGRADE)
			.decorated((handshakes) -> (request, response, ours, attributes) -> handshakes.doHandshake(request,
					response, new Around(ours, seen), attributes))
			.start(); JdkClient client = JdkClient.chat(other)) {
			client.say("$2;chat;;echo;0;0;through").expect("$2;chat;;echo;0;0;through");
			client.socket().sendClose(4003, "done");
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("begin");
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("end 4003");
			await().until(() -> other.ends().contains("c1 PEER 4003"));
		}
		assertThat(seen).isEmpty();
	}

	private static final class Recording implements WebSocketHandler {

		private final BlockingQueue<WebSocketSession> sessions = new LinkedBlockingQueue<>();

		private final BlockingQueue<CloseStatus> ends = new LinkedBlockingQueue<>();

		WebSocketSession session() throws InterruptedException {
			WebSocketSession session = Objects.requireNonNull(this.sessions.poll(20, TimeUnit.SECONDS));
			this.sessions.add(session);
			return session;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) {
			this.sessions.add(session);
		}

		@Override
		public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
			if ("fail".equals(message.getPayload())) {
				throw new IllegalStateException("on purpose");
			}
			session.sendMessage(message);
		}

		@Override
		public void handleTransportError(WebSocketSession session, Throwable exception) {
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.ends.add(status);
		}

		@Override
		public boolean supportsPartialMessages() {
			return false;
		}

	}

	private static final class Around extends WebSocketHandlerDecorator {

		private final BlockingQueue<String> seen;

		Around(WebSocketHandler delegate, BlockingQueue<String> seen) {
			super(delegate);
			this.seen = seen;
		}

		@Override
		public void afterConnectionEstablished(WebSocketSession session) throws Exception {
			this.seen.add("begin");
			super.afterConnectionEstablished(new WebSocketSessionDecorator(session));
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
			this.seen.add("end " + status.getCode());
			super.afterConnectionClosed(session, status);
		}

	}

	private static final class Attribute implements HandshakeInterceptor {

		@Override
		public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				Map<String, Object> attributes) {
			attributes.put("by", "interceptor");
			return true;
		}

		@Override
		public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
				@Nullable Exception exception) {
		}

	}

}
