package io.neffos.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.neffos.AskTimeoutException;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.test.NeffosTester;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestReply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

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
			Runners.tester(context, "/live/rooms").connect("chat").ask("echo", "there").expect("there");
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
				NeffosTester tester = Runners.tester(context);
				tester.header("Origin", "http://localhost:" + Runners.portOf(context)).dial();
				NeffosTester other = tester.header("Origin", origin);
				if (refused) {
					other.expectHttpStatus(403);
				}
				else {
					other.dial();
				}
			});
	}

	@Test
	void askTimeout() {
		this.runner.withPropertyValues("neffos.ask-timeout=50ms").run((context) -> {
			TestNamespace client = Runners.chat(context);
			TestReply reply = client.ask("ask-back", null);
			client.expectAsk("question");
			reply.expect("AskTimeoutException");
		});
	}

	@Test
	void handshakeTimeout() {
		this.runner.withPropertyValues("neffos.handshake.timeout=50ms")
			.run((context) -> assertThat(PortClient.open(Runners.portOf(context)).closeCode()).isEqualTo(1008));
	}

	@Test
	void headerParameters() {
		this.runner.withPropertyValues("neffos.handshake.header-parameters=X-Visitor-Name").run((context) -> {
			TestNamespace client = Runners.tester(context)
				.parameter("x-websocket-header-x-visitor-name", "ann")
				.parameter("X-Websocket-Header-Authorization", "no")
				.parameter("X-Websocket-Header-X-Websocket-Reconnect", "3")
				.connect("chat");
			client.ask("header", "X-Visitor-Name").expect("ann");
			client.ask("header", "Authorization").expect("null");
			client.ask("header", "X-Websocket-Reconnect").expect("3");
		});
	}

	@Test
	void subprotocols() {
		this.runner.withPropertyValues("neffos.handshake.subprotocols=neffos.v2,neffos.v1").run((context) -> {
			TestNamespace client = Runners.tester(context)
				.subprotocol("other")
				.subprotocol("neffos.v1")
				.connect("chat");
			assertThat(client.conn().subprotocol()).isEqualTo("neffos.v1");
			client.ask("protocol", null).expect("neffos.v1");
		});
	}

	/** Whatever level a test before this one has left. */
	@BeforeEach
	void logsAreOn() {
		((Logger) LoggerFactory.getLogger("io.neffos")).setLevel(Level.INFO);
	}

	@AfterEach
	void logsAreAsTheyWere() {
		((Logger) LoggerFactory.getLogger("io.neffos")).setLevel(null);
	}

	@ParameterizedTest
	@CsvSource({ "auto,the library itself,true", "upgrade,the library itself,true", "standard,the container,false" })
	void transport(String transport, String served, boolean loops, CapturedOutput output) {
		this.runner.withPropertyValues("neffos.transport=" + transport, "neffos.loops=3").run((context) -> {
			Runners.chat(context).ask("echo", "there").expect("there");
			assertThat(output)
				.containsOnlyOnce("WebSockets are served by " + served + " [neffos.transport=" + transport)
				.contains("container=Apache Tomcat");
			assertThat(Thread.getAllStackTraces().keySet()).filteredOn((thread) -> thread.isAlive())
				.extracting(Thread::getName)
				.filteredOn((name) -> name.startsWith("neffos-loop-"))
				.hasSize(loops ? 3 : 0);
		});
		// Of a thread that has ended nothing is left in any application.
		Awaitility.await()
			.until(() -> Thread.getAllStackTraces()
				.keySet()
				.stream()
				.noneMatch((thread) -> thread.getName().startsWith("neffos-loop-")));
	}

	@Test
	void transportThatDoesNotExist() {
		this.runner.withPropertyValues("neffos.transport=pigeon")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("pigeon"));
	}

	@Test
	void transportThatTheContainerDoesNotAllow(CapturedOutput output) {
		Runners.mock().withPropertyValues("neffos.transport=upgrade").run((context) -> {
			assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("neffos.transport");
					assertThat(ex.getReason()).contains("MockServletContext").contains("'auto' and 'standard'");
				});
		});
		Runners.mock().run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("WebSockets are served by the container [neffos.transport=auto");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "upgrade", "standard" })
	void heartbeat(String transport) {
		this.runner.withPropertyValues("neffos.transport=" + transport, "neffos.heartbeat=200ms").run((context) -> {
			NeffosServer server = context.getBean(NeffosServer.class);
			PortClient client = PortClient.deaf(Runners.portOf(context));
			client.send("M").send("$1;chat;;_OnNamespaceConnect;0;0;");
			Awaitility.await().until(() -> server.connectionCount("chat") == 1);
			TestNamespace answering = Runners.chat(context);
			Awaitility.await().until(() -> server.connectionCount("chat") == 1);
			answering.ask("echo", "here").expect("here");
		});
	}

	@Test
	void executor() {
		this.runner.withBean("mine", Executor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
			.withBean("decoy", Executor.class, () -> new SimpleAsyncTaskExecutor("decoy-"))
			.withPropertyValues("neffos.executor=mine")
			.run((context) -> assertThat(Runners.chat(context).ask("thread", null).text()).startsWith("mine-"));
	}

	@Test
	void executorOfTheApplicationByDefault() {
		this.runner.withPropertyValues("spring.task.execution.thread-name-prefix=app-")
			.run((context) -> assertThat(Runners.chat(context).ask("thread", null).text()).startsWith("app-"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsOfTheApplication() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> Runners.chat(context).ask("virtual", null).expect("true"));
	}

	@Test
	void frameSize() {
		this.runner.withPropertyValues("neffos.limits.frame-size=100B").run((context) -> {
			TestNamespace client = Runners.chat(context);
			client.ask("echo", "x".repeat(50)).expect("x".repeat(50));
			client.ask("echo", "x".repeat(100));
			client.conn().expectClosed(1009);
		});
	}

	@Test
	void frameSizeMayBeMoreThanContainersBuffer() {
		this.runner.withPropertyValues("neffos.limits.frame-size=300KB")
			.run((context) -> Runners.chat(context).ask("echo", "x".repeat(300_000)).expect("x".repeat(300_000)));
	}

	@Test
	void nameLength() {
		this.runner.withPropertyValues("neffos.limits.name-length=30").run((context) -> {
			TestNamespace client = Runners.chat(context);
			client.join("r".repeat(30));
			client.expectRefusedJoin("r".repeat(31), "name too long");
		});
	}

	@Test
	void namespaces() {
		this.runner.withPropertyValues("neffos.limits.namespaces=1").run((context) -> {
			Runners.chat(context).conn().expectRefusedConnect("other", "too many namespaces");
		});
	}

	@Test
	void rooms() {
		this.runner.withPropertyValues("neffos.limits.rooms=1").run((context) -> {
			TestNamespace client = Runners.chat(context);
			client.join("a");
			client.expectRefusedJoin("b", "too many rooms");
		});
	}

	@Test
	void pendingAsks() {
		this.runner.withPropertyValues("neffos.limits.pending-asks=1").run((context) -> {
			TestNamespace client = Runners.chat(context);
			client.ask("ask-later", null);
			client.expectAsk("question");
			assertThat(client.ask("ask-later", null).text()).contains("pending");
		});
	}

	@Test
	void inboundQueue() {
		this.runner.withPropertyValues("neffos.limits.inbound-queue=3", "neffos.transport=standard").run((context) -> {
			TestNamespace client = Runners.chat(context);
			for (int i = 0; i < 6; i++) {
				client.emit("block", null);
			}
			client.conn().expectClosed(1008);
			this.handlersMayEnd.countDown();
		});
	}

	@Test
	void inboundQueueHoldsThePeerUpWhereItCan() {
		this.runner.withPropertyValues("neffos.limits.inbound-queue=3").run((context) -> {
			TestNamespace client = Runners.chat(context);
			for (int i = 0; i < 6; i++) {
				client.emit("block", null);
			}
			TestReply last = client.ask("echo", "after them");
			assertThat(this.handlerBlocks.await(20, TimeUnit.SECONDS)).isTrue();
			this.handlersMayEnd.countDown();
			last.expect("after them");
		});
	}

	@Test
	void inboundRateAndBurst() {
		this.runner.withPropertyValues("neffos.limits.inbound-rate=1", "neffos.limits.inbound-burst=5")
			.run((context) -> {
				TestNamespace client = Runners.chat(context);
				for (int i = 0; i < 10; i++) {
					client.emit("unknown", null);
				}
				client.conn().expectClosed(1008);
			});
	}

	@Test
	void inboundRateOfZeroIsNoBound() {
		this.runner.withPropertyValues("neffos.limits.inbound-rate=0", "neffos.limits.inbound-burst=5")
			.run((context) -> {
				TestNamespace client = Runners.chat(context);
				for (int i = 0; i < 100; i++) {
					client.emit("unknown", null);
				}
				client.ask("echo", "still here").expect("still here");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "neffos.limits.outbox-messages=20", "neffos.limits.outbox-size=20KB" })
	void outbox(String property) {
		// The gap holds back what follows, so that it piles up without a peer that
		// stalls.
		this.runner.withPropertyValues(property, "neffos.connect-gap=1h").run((context) -> {
			TestNamespace client = Runners.chat(context);
			emitMuch(context, 100);
			client.conn().expectClosed(1008);
		});
	}

	@ParameterizedTest
	@CsvSource({ "drop-oldest,80,100", "drop-newest,0,20", "conflate,99,100" })
	void overflow(String policy, int from, int to) {
		this.runner
			.withPropertyValues("neffos.overflow=" + policy, "neffos.limits.outbox-messages=20",
					"neffos.connect-gap=1h")
			.run((context) -> {
				PortClient client = PortClient.open(Runners.portOf(context)).send("M");
				assertThat(client.next()).startsWith("A");
				assertThat(client.send("$1;chat;;_OnNamespaceConnect;0;0;").next()).isEqualTo("$1;;;;;;");
				for (int i = 0; i < 100; i++) {
					context.getBean(NeffosServer.class).namespace("chat").emit("drop", "" + i);
				}
				client.send(";chat;;speaks;0;0;");
				for (int i = from; i < to; i++) {
					assertThat(client.next()).isEqualTo(";chat;;drop;0;0;" + i);
				}
				assertThat(client.isQuiet()).isTrue();
			});
	}

	@Test
	void connectGap() {
		this.runner.withPropertyValues("neffos.connect-gap=1h").run((context) -> {
			// The tester speaks when it looks whether there is more.
			PortClient client = PortClient.open(Runners.portOf(context)).send("M");
			assertThat(client.next()).startsWith("A");
			assertThat(client.send("$1;chat;;_OnNamespaceConnect;0;0;").next()).isEqualTo("$1;;;;;;");
			emitMuch(context, 100);
			assertThat(client.isQuiet()).isTrue();
			client.send(";chat;;speaks;0;0;");
			for (int i = 0; i < 100; i++) {
				assertThat(client.next()).startsWith(";chat;;drop;0;0;xxx");
			}
		});
		this.runner.withPropertyValues("neffos.connect-gap=0").run((context) -> {
			TestNamespace client = Runners.chat(context);
			emitMuch(context, 1);
			client.expect("drop", "x".repeat(1000));
		});
	}

	@Test
	void sendTimeout() {
		this.runner
			.withPropertyValues("neffos.send-timeout=100ms", "neffos.limits.outbox-size=1GB",
					"neffos.limits.outbox-messages=1000000")
			.run((context) -> {
				NeffosServer server = context.getBean(NeffosServer.class);
				PortClient client = PortClient.deaf(Runners.portOf(context));
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
			Runners.chat(context).join("a").emit("typing", "1").expect("typing", "1");
		});
		this.runner.withPropertyValues("neffos.rooms.relay=false").run((context) -> {
			Runners.chat(context).join("a").emit("typing", "1").namespace().expectNoMore();
		});
	}

	@Test
	void errorsIncludeMessage() {
		this.runner.run((context) -> Runners.chat(context).ask("fail", null).expectRefused("internal error"));
		this.runner.withPropertyValues("neffos.errors.include-message=true")
			.run((context) -> Runners.chat(context).ask("fail", null).expectRefused("secret"));
	}

	@Test
	void shutdownTimeout(CapturedOutput output) {
		this.runner.withPropertyValues("neffos.shutdown-timeout=51ms").run((context) -> {
			Runners.chat(context).emit("block", null);
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
