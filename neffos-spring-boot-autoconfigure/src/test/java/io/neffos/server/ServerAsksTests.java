package io.neffos.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.neffos.BodyCodec;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.WriteClosedException;
import io.neffos.engine.ConnHost;
import io.neffos.engine.EngineConn;
import io.neffos.engine.Member;
import io.neffos.observe.NeffosObserver;
import io.neffos.observe.Tracing;
import io.neffos.protocol.WaitToken;
import io.neffos.testkit.FakeSocket;
import io.neffos.testkit.TestServer;
import io.neffos.transport.SocketListener;
import io.neffos.transport.WireFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** An ask that begins at the worst moment. */
@Timeout(40)
class ServerAsksTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.timer.shutdownNow();
	}

	@Test
	void askThatBeginsWhileItsOnlyConnectionClosesDoesNotWaitForTheTimeout() {
		Namespaces namespaces = TestServer.namespaces((builder) -> builder.namespace("chat", (events) -> {
		}));
		ServerParts parts = new ServerParts(namespaces, TestServer.SETTINGS, BodyCodec.none(), this.threads, this.timer,
				NeffosObserver.NONE, Tracing.NONE, WaitToken.serverIssuer());
		ServerAsks asks = new ServerAsks(this.timer);
		DefaultNeffosServer server = new DefaultNeffosServer(parts, null, Duration.ofSeconds(5), null, null);
		ServerHost real = new ServerHost(server, parts, asks);
		CompletableFuture<NSConn> member = new CompletableFuture<>();
		CompletableFuture<CompletableFuture<Message>> asked = new CompletableFuture<>();
		InvocationHandler between = (proxy, method, arguments) -> {
			if (method.getName().equals("unreachable")) {
				asks.unreachable((EngineConn) arguments[0]);
				WireFrame frame = new WireFrame("1;chat;;hello;0;0;".getBytes(StandardCharsets.UTF_8), false);
				asked.complete(asks.ask("1", frame, Set.of((Member) member.join()), "hello", Duration.ofHours(1)));
			}
			try {
				return method.invoke(real, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		};
		ConnHost host = (ConnHost) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ConnHost.class }, between);
		FakeSocket socket = new FakeSocket();
		EngineConn conn = new EngineConn(host, socket,
				new HandshakeInfo(URI.create("ws://localhost/neffos"), Map.of(), null, null, null), "c");
		SocketListener listener = conn.open();
		listener.onFrame("M".getBytes(StandardCharsets.UTF_8), false);
		listener.onFrame("$1;chat;;_OnNamespaceConnect;0;0;".getBytes(StandardCharsets.UTF_8), false);
		await().until(() -> conn.namespace("chat") != null);
		member.complete(conn.namespace("chat"));
		conn.close(4000, "bye");
		assertThatThrownBy(() -> asked.join().get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
			.hasCauseInstanceOf(WriteClosedException.class);
		assertThat(asks.size()).isZero();
	}

}
