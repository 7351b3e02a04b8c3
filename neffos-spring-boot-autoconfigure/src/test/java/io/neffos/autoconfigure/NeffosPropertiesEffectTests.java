package io.neffos.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.neffos.AskTimeoutException;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Each property, seen from the other end of a WebSocket. */
@ExtendWith(OutputCaptureExtension.class)
class NeffosPropertiesEffectTests {

	private final CountDownLatch handlerBlocks = new CountDownLatch(1);

	private final CountDownLatch handlersMayEnd = new CountDownLatch(1);

	private final WebApplicationContextRunner runner = Runners.port()
		.withBean(Namespaces.class, () -> Namespaces.builder()
			.namespace("chat", (events) -> events.onAsk("echo", (conn, message) -> message.text())
				.onAsk("thread", (conn, message) -> Thread.currentThread().getName())
				.onAsk("virtual", (conn, message) -> isVirtual(Thread.currentThread()))
				.onAsk("header", (conn, message) -> String.valueOf(conn.conn().handshake().header(message.text())))
				.onAsk("protocol", (conn, message) -> String.valueOf(conn.conn().handshake().subprotocol()))
				.onAsk("fail", (conn, message) -> {
					throw new IllegalStateException("secret");
				})
				.onAsk("ask-back", (conn, message) -> {
					try {
						return conn.ask("question", null).text();
					}
					catch (AskTimeoutException | RefusedException ex) {
						return ex.getClass().getSimpleName();
					}
				})
				.on("ask-later",
						(conn, message) -> conn.askAsync("question", null)
							.whenComplete((answer, failure) -> message
								.reply((failure != null) ? String.valueOf(failure.getMessage()) : answer.text())))
				.on("block", (conn, message) -> {
					this.handlerBlocks.countDown();
					this.handlersMayEnd.await(20, TimeUnit.SECONDS);
				}))
			.namespace("other", (events) -> {
			})
			.build());

	@Test
	void path() {
		this.runner.withPropertyValues("neffos.path=/live/rooms").run((context) -> {
			assertThat(head(context, "/live/rooms")).isEqualTo(302);
			assertThat(head(context, "/neffos")).isEqualTo(404);
			assertThat(head(context, "/live/rooms/client.mjs")).isEqualTo(200);
			PortClient.dial(Runners.portOf(context), "/live/rooms", "chat").close();
		});
	}

	@Test
	void enabled() {
		this.runner.withPropertyValues("neffos.enabled=false").run((context) -> {
			assertThat(context).doesNotHaveBean(NeffosServer.class);
			assertThat(head(context, "/neffos")).isEqualTo(404);
			assertThat(head(context, "/neffos/client.mjs")).isEqualTo(404);
		});
	}

	@Test
	void clientEnabled() {
		this.runner.withPropertyValues("neffos.browser-client.enabled=false").run((context) -> {
			assertThat(head(context, "/neffos")).isEqualTo(302);
			assertThat(head(context, "/neffos/client.mjs")).isEqualTo(404);
		});
	}

	@ParameterizedTest
	@CsvSource({ "true,,http://elsewhere.test",
			"false,neffos.allowed-origins=http://elsewhere.test,http://elsewhere.test",
			"true,neffos.allowed-origins=http://elsewhere.test,http://third.test",
			"false,neffos.allowed-origins=*,http://elsewhere.test",
			"false,neffos.allowed-origin-patterns=http://*.test,http://elsewhere.test",
			"true,neffos.allowed-origin-patterns=http://*.test,http://elsewhere.example" })
	void allowedOrigins(boolean refused, String property, String origin) {
		this.runner.withPropertyValues((property != null) ? new String[] { property } : new String[0])
			.run((context) -> {
				int port = Runners.portOf(context);
				PortClient.open(port, "/neffos", (builder) -> builder.header("Origin", "http://localhost:" + port))
					.close();
				if (refused) {
					assertRefused(port, origin);
				}
				else {
					PortClient.open(port, "/neffos", (builder) -> builder.header("Origin", origin)).close();
				}
			});
	}

	private static void assertRefused(int port, String origin) {
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> PortClient.open(port, "/neffos", (builder) -> builder.header("Origin", origin)))
			.havingCause()
			.isInstanceOfSatisfying(WebSocketHandshakeException.class,
					(ex) -> assertThat(ex.getResponse().statusCode()).isEqualTo(403));
	}

	@Test
	void askTimeout() {
		this.runner.withPropertyValues("neffos.ask-timeout=50ms").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("chat", "", "ask-back", "")).contains(";question;");
			assertThat(client.next()).endsWith(";AskTimeoutException");
		});
	}

	@Test
	void handshakeTimeout() {
		this.runner.withPropertyValues("neffos.handshake.timeout=50ms")
			.run((context) -> assertThat(PortClient.open(Runners.portOf(context), "/neffos").closeCode())
				.isEqualTo(1008));
	}

	@Test
	void headerParameters() {
		this.runner.withPropertyValues("neffos.handshake.header-parameters=X-Visitor-Name").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context),
					"/neffos?x-websocket-header-x-visitor-name=ann&X-Websocket-Header-Authorization=no"
							+ "&X-Websocket-Header-X-Websocket-Reconnect=3",
					"chat");
			assertThat(client.ask("chat", "", "header", "X-Visitor-Name")).endsWith(";ann");
			assertThat(client.ask("chat", "", "header", "Authorization")).endsWith(";null");
			assertThat(client.ask("chat", "", "header", "X-Websocket-Reconnect")).endsWith(";3");
		});
	}

	@Test
	void subprotocols() {
		this.runner.withPropertyValues("neffos.handshake.subprotocols=neffos.v2,neffos.v1").run((context) -> {
			PortClient client = PortClient.open(Runners.portOf(context), "/neffos",
					(builder) -> builder.subprotocols("other", "neffos.v1"));
			assertThat(client.subprotocol()).isEqualTo("neffos.v1");
			client.send("M");
			assertThat(client.next()).startsWith("A");
			client.ask("chat", "", "_OnNamespaceConnect", "");
			assertThat(client.ask("chat", "", "protocol", "")).endsWith(";neffos.v1");
		});
	}

	@Test
	void executor() {
		this.runner.withBean("mine", Executor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
			.withBean("decoy", Executor.class, () -> new SimpleAsyncTaskExecutor("decoy-"))
			.withPropertyValues("neffos.executor=mine")
			.run((context) -> assertThat(
					PortClient.dial(Runners.portOf(context), "/neffos", "chat").ask("chat", "", "thread", ""))
				.contains(";mine-"));
	}

	@Test
	void executorOfTheApplicationByDefault() {
		this.runner.withPropertyValues("spring.task.execution.thread-name-prefix=app-")
			.run((context) -> assertThat(
					PortClient.dial(Runners.portOf(context), "/neffos", "chat").ask("chat", "", "thread", ""))
				.contains(";app-"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsOfTheApplication() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(
					PortClient.dial(Runners.portOf(context), "/neffos", "chat").ask("chat", "", "virtual", ""))
				.endsWith(";true"));
	}

	@Test
	void frameSize() {
		this.runner.withPropertyValues("neffos.limits.frame-size=100B").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("chat", "", "echo", "x".repeat(50))).contains(";0;0;xxx");
			client.send("$1;chat;;echo;0;0;" + "x".repeat(100));
			assertThat(client.closeCode()).isEqualTo(1009);
		});
	}

	@Test
	void frameSizeMayBeMoreThanContainersBuffer() {
		this.runner.withPropertyValues("neffos.limits.frame-size=300KB")
			.run((context) -> assertThat(PortClient.dial(Runners.portOf(context), "/neffos", "chat")
				.ask("chat", "", "echo", "x".repeat(300_000))).hasSizeGreaterThan(300_000));
	}

	@Test
	void nameLength() {
		this.runner.withPropertyValues("neffos.limits.name-length=30").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("chat", "r".repeat(30), "_OnRoomJoin", "")).isEqualTo("$1;;;;;;");
			assertThat(client.ask("chat", "r".repeat(31), "_OnRoomJoin", "")).endsWith(";1;0;name too long");
		});
	}

	@Test
	void namespaces() {
		this.runner.withPropertyValues("neffos.limits.namespaces=1").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("other", "", "_OnNamespaceConnect", "")).endsWith(";1;0;too many namespaces");
		});
	}

	@Test
	void rooms() {
		this.runner.withPropertyValues("neffos.limits.rooms=1").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("chat", "a", "_OnRoomJoin", "")).isEqualTo("$1;;;;;;");
			assertThat(client.ask("chat", "b", "_OnRoomJoin", "")).endsWith(";1;0;too many rooms");
		});
	}

	@Test
	void pendingAsks() {
		this.runner.withPropertyValues("neffos.limits.pending-asks=1").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			assertThat(client.ask("chat", "", "ask-later", "")).contains(";question;");
			assertThat(client.ask("chat", "", "ask-later", "")).startsWith("$1;").contains("pending");
		});
	}

	@Test
	void inboundQueue() {
		this.runner.withPropertyValues("neffos.limits.inbound-queue=3").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			for (int i = 0; i < 6; i++) {
				client.emit("chat", "", "block", "");
			}
			assertThat(client.closeCode()).isEqualTo(1008);
			this.handlersMayEnd.countDown();
		});
	}

	@Test
	void inboundRateAndBurst() {
		this.runner.withPropertyValues("neffos.limits.inbound-rate=1", "neffos.limits.inbound-burst=5")
			.run((context) -> {
				PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
				for (int i = 0; i < 10; i++) {
					client.emit("chat", "", "unknown", "");
				}
				assertThat(client.closeCode()).isEqualTo(1008);
			});
	}

	@Test
	void inboundRateOfZeroIsNoBound() {
		this.runner.withPropertyValues("neffos.limits.inbound-rate=0", "neffos.limits.inbound-burst=5")
			.run((context) -> {
				PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
				for (int i = 0; i < 100; i++) {
					client.emit("chat", "", "unknown", "");
				}
				assertThat(client.ask("chat", "", "echo", "still here")).endsWith(";still here");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "neffos.limits.outbox-messages=20", "neffos.limits.outbox-size=20KB" })
	void outbox(String property) {
		// The gap holds back what follows, so that it piles up without a peer that
		// stalls.
		this.runner.withPropertyValues(property, "neffos.connect-gap=1h").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			emitMuch(context, 100);
			assertThat(client.closeCode()).isEqualTo(1008);
		});
	}

	@Test
	void connectGap() {
		this.runner.withPropertyValues("neffos.connect-gap=1h").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			emitMuch(context, 100);
			assertThat(client.isQuiet()).isTrue();
			client.emit("chat", "", "speaks", "");
			for (int i = 0; i < 100; i++) {
				assertThat(client.next()).startsWith(";chat;;drop;0;0;xxx");
			}
		});
		this.runner.withPropertyValues("neffos.connect-gap=0").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			emitMuch(context, 1);
			assertThat(client.next()).startsWith(";chat;;drop;0;0;xxx");
		});
	}

	@Test
	void sendTimeout() {
		this.runner
			.withPropertyValues("neffos.send-timeout=100ms", "neffos.limits.outbox-size=1GB",
					"neffos.limits.outbox-messages=1000000")
			.run((context) -> {
				NeffosServer server = context.getBean(NeffosServer.class);
				PortClient client = PortClient.deaf(Runners.portOf(context), "/neffos");
				client.send("M").send("$1;chat;;_OnNamespaceConnect;0;0;");
				Awaitility.await().until(() -> server.connectionCount("chat") == 1);
				emitMuch(context, 30_000);
				Awaitility.await().until(() -> server.connectionCount() == 0);
			});
	}

	private static void emitMuch(AssertableWebApplicationContext context, int count) {
		String body = "x".repeat(1000);
		for (int i = 0; i < count; i++) {
			context.getBean(NeffosServer.class).namespace("chat").emit("drop", body);
		}
	}

	@Test
	void relay() {
		this.runner.run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			client.ask("chat", "a", "_OnRoomJoin", "");
			client.emit("chat", "a", "typing", "1");
			assertThat(client.next()).isEqualTo(";chat;a;typing;0;0;1");
		});
		this.runner.withPropertyValues("neffos.rooms.relay=false").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			client.ask("chat", "a", "_OnRoomJoin", "");
			client.emit("chat", "a", "typing", "1");
			assertThat(client.ask("chat", "", "echo", "after")).endsWith(";after");
		});
	}

	@Test
	void errorsIncludeMessage() {
		this.runner.run((context) -> assertThat(
				PortClient.dial(Runners.portOf(context), "/neffos", "chat").ask("chat", "", "fail", ""))
			.endsWith(";1;0;internal error"));
		this.runner.withPropertyValues("neffos.errors.include-message=true")
			.run((context) -> assertThat(
					PortClient.dial(Runners.portOf(context), "/neffos", "chat").ask("chat", "", "fail", ""))
				.endsWith(";1;0;secret"));
	}

	@Test
	void shutdownTimeout(CapturedOutput output) {
		this.runner.withPropertyValues("neffos.shutdown-timeout=51ms").run((context) -> {
			PortClient client = PortClient.dial(Runners.portOf(context), "/neffos", "chat");
			client.emit("chat", "", "block", "");
			assertThat(this.handlerBlocks.await(20, TimeUnit.SECONDS)).isTrue();
			context.getBean(NeffosServer.class).close();
			assertThat(output).contains("1 connections did not end within 51 ms");
			this.handlersMayEnd.countDown();
		});
	}

	private static int head(AssertableWebApplicationContext context, String path)
			throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + Runners.portOf(context) + path))
			.method("HEAD", HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
	}

	/** By reflection: the method exists from Java 21 on, and this compiles for 17. */
	private static String isVirtual(Thread thread) throws ReflectiveOperationException {
		return String.valueOf(Thread.class.getMethod("isVirtual").invoke(thread));
	}

}
