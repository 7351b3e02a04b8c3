package io.neffos.autoconfigure;

import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Room;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.NeffosNamespace.Choice;
import io.neffos.annotation.NeffosNamespace.Overflow;
import io.neffos.annotation.NeffosNamespace.Side;
import io.neffos.annotation.OnConnect;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomCreated;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomLeft;
import io.neffos.autoconfigure.metrics.MetricsImport;
import io.neffos.client.ClientClosed;
import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.client.Reconnected;
import io.neffos.client.Reconnecting;
import io.neffos.observe.NeffosObserver;
import io.neffos.testkit.WireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.handler.annotation.Payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

/** Clients in an application that is no web application. */
class NeffosClientAutoConfigurationTests {

	private final WireServer server = new WireServer();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class, SslAutoConfiguration.class,
				JacksonAutoConfiguration.class, NeffosAutoConfiguration.class, NeffosClientAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.server.close();
	}

	/** An application whose clients are connected with the hand-made server. */
	private ApplicationContextRunner wired() {
		return this.runner.withPropertyValues("neffos.client.uri=ws://localhost/neffos")
			.withBean("mine", NeffosClientBuilderCustomizer.class,
					() -> (builder) -> builder.dialer(this.server.line()));
	}

	private NeffosClient dial(AssertableApplicationContext context) {
		CompletableFuture<NeffosClient> client = context.getBean(NeffosClientBuilder.class).dialAsync();
		assertThat(this.server.next()).isEqualTo("M");
		this.server.say("Ac1");
		return client.join();
	}

	private NSConn connect(NeffosClient client, String namespace) {
		CompletableFuture<NSConn> connected = client.connectAsync(namespace);
		this.server.accept(namespace + ";;_OnNamespaceConnect");
		return connected.join();
	}

	@Test
	void givesEachWhoAsksABuilderOfItsOwn() {
		this.runner.run((context) -> {
			NeffosClientBuilder builder = context.getBean(NeffosClientBuilder.class);
			assertThat(builder).isNotSameAs(context.getBean(NeffosClientBuilder.class));
			assertThat(context).doesNotHaveBean(NeffosServer.class);
		});
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("neffos.client.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(NeffosClientBuilder.class));
	}

	@Test
	void builderOfTheApplicationComesFirst() {
		NeffosClientBuilder own = NeffosClient.builder();
		this.runner.withBean("own", NeffosClientBuilder.class, () -> own)
			.run((context) -> assertThat(context.getBean(NeffosClientBuilder.class)).isSameAs(own));
	}

	@Test
	void annotatedBeansHandleWhatServersSend() {
		wired().withUserConfiguration(Feed.class).run((context) -> {
			Feed feed = context.getBean(Feed.class);
			NeffosClient client = dial(context);
			assertThat(feed.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("connected to /neffos");
			NSConn ns = connect(client, "feed");
			CompletableFuture<Room> joined = ns.joinRoomAsync("a");
			this.server.accept("feed;a;_OnRoomJoin");
			joined.join();
			this.server.say(";feed;a;news;0;0;{\"text\":\"hello\"}").say("77;feed;;double;0;0;21");
			assertThat(feed.seen.poll(20, TimeUnit.SECONDS)).isEqualTo("hello in a");
			assertThat(this.server.next()).isEqualTo("77;feed;;double;0;0;42");
			this.server.say("78;feed;closed;_OnRoomJoin;0;0;");
			assertThat(this.server.next()).isEqualTo("78;feed;closed;_OnRoomJoin;1;0;not this one");
			ns.emit("post", new Feed.Item("typed"));
			assertThat(this.server.next()).isEqualTo(";feed;;post;0;0;{\"text\":\"typed\"}");
		});
	}

	@Test
	void handlersOfOneSideAreNotThoseOfTheOther() {
		wired().withUserConfiguration(Feed.class, ServerFeed.class).run((context) -> {
			NSConn ns = connect(dial(context), "feed");
			this.server.say("77;feed;;onServer;0;0;");
			assertThat(this.server.next()).isEqualTo("77;feed;;onServer;1;0;no handler for event");
			assertThat(ns.namespace()).isEqualTo("feed");
		});
		Runners.mock()
			.withConfiguration(AutoConfigurations.of(NeffosClientAutoConfiguration.class))
			.withUserConfiguration(Feed.class, ServerFeed.class)
			.run((context) -> {
				assertThat(context.getBean(DeclaredNamespaces.class).all().events("feed").handlers().keySet())
					.containsExactly("onServer");
				assertThat(context.getBean(DeclaredClientNamespaces.class).all().events("feed").handlers().keySet())
					.containsExactlyInAnyOrder("news", "double", "_OnRoomJoin", "_OnRoomLeft");
			});
	}

	@Test
	void handlersAreThoseOfTheBuilderUnlessItIsGivenOthers() {
		wired().withUserConfiguration(Feed.class).run((context) -> {
			NeffosClientBuilder builder = context.getBean(NeffosClientBuilder.class)
				.namespaces(Namespaces.builder().namespace("other", (events) -> {
				}).build());
			CompletableFuture<NeffosClient> client = builder.dialAsync();
			assertThat(this.server.next()).isEqualTo("M");
			this.server.say("Ac1");
			assertThat(client.join().connectAsync("feed")).isCompletedExceptionally();
			assertThat(connect(client.join(), "other").namespace()).isEqualTo("other");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			uri                      | http://localhost  | begins with 'ws://' or 'wss://'
			dial-timeout             | 0s                | must be more than 0
			ask-timeout              | -1s               | must be more than 0
			send-timeout             | 0s                | must be more than 0
			shutdown-timeout         | 0s                | must be more than 0
			subprotocols             | a b               | A subprotocol is made of letters
			limits.frame-size        | 0B                | must be at least 1B
			limits.rooms             | 0                 | must be 1 or more
			limits.pending-asks      | 0                 | must be 1 or more
			limits.inbound-queue     | -1                | must be 1 or more
			limits.outbox-messages   | 0                 | must be 1 or more
			limits.outbox-size       | 3GB               | less than 2GB
			reconnect.initial-delay  | 0s                | must be more than 0
			reconnect.max-delay      | 1ms               | must not be less than initial-delay
			reconnect.multiplier     | 0.5               | must be 1 or more
			reconnect.jitter         | 1.5               | must be from 0 to 1
			reconnect.max-attempts   | -1                | 0 is no bound
			reconnect.give-up-after  | -1s               | must be 0 or more
			reconnect.buffer         | -1                | 0 or more
			""")
	void mistakesInPropertiesAreNamedAtTheStart(String name, String value, String reason) {
		this.runner.withPropertyValues("neffos.client." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("neffos.client." + name)
				.hasMessageContaining(reason));
	}

	@Test
	void addressOfAMistakeIsShownWithoutItsQuery() {
		this.runner.withPropertyValues("neffos.client.uri=http://example.org/a?token=secret")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("http://example.org")
				.hasMessageNotContaining("secret"));
	}

	@ParameterizedTest
	@ValueSource(classes = { WantsServer.class, WantsPrincipal.class, HearsOfRooms.class, Relays.class, Drops.class })
	void handlersThatOnlyAServerCouldCallAreNamedAtTheStart(Class<?> type) {
		this.runner.withUserConfiguration(type)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining(type.getName())
				.hasMessageContaining("client"));
	}

	@Test
	void executorThatIsNotThereIsNamedWhenTheFirstBuilderIsAskedFor() {
		this.runner.withPropertyValues("neffos.client.executor=nobody")
			.run((context) -> assertThatException().isThrownBy(() -> context.getBean(NeffosClientBuilder.class))
				.havingRootCause()
				.withMessageContaining("neffos.client.executor"));
	}

	@Test
	void bundleThatIsNotThereIsNamed() {
		this.runner.withPropertyValues("neffos.client.ssl.bundle=nobody")
			.run((context) -> assertThatException().isThrownBy(() -> context.getBean(NeffosClientBuilder.class))
				.havingRootCause()
				.withMessageContaining("nobody"));
	}

	@Test
	void propertiesReachTheRequest() {
		wired().withPropertyValues("neffos.client.headers.X-Token=t", "neffos.client.subprotocols=a,b",
				"neffos.client.dial-timeout=7s", "neffos.client.limits.frame-size=2KB", "neffos.client.heartbeat=3s")
			.withUserConfiguration(Feed.class)
			.run((context) -> {
				dial(context);
				assertThat(this.server.line().requests()).singleElement().satisfies((request) -> {
					assertThat(request.headers()).containsEntry("X-Token", List.of("t"));
					assertThat(request.subprotocols()).containsExactly("a", "b");
					assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(7));
					assertThat(request.maxFrameSize()).isEqualTo(2048);
					assertThat(request.heartbeat()).isEqualTo(Duration.ofSeconds(3));
				});
			});
	}

	@Test
	void applicationHearsOfReturnsAndEnds() {
		wired()
			.withPropertyValues("neffos.client.reconnect.initial-delay=1ms", "neffos.client.reconnect.buffer=1",
					"neffos.client.reconnect.max-attempts=3")
			.withUserConfiguration(Feed.class, Ears.class)
			.run((context) -> {
				BlockingQueue<Object> events = context.getBean(Ears.class).events;
				NeffosClient client = dial(context);
				this.server.line().cut();
				assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(Reconnecting.class);
				assertThat(this.server.next()).isEqualTo("M");
				this.server.say("Ac2");
				assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(Reconnected.class);
				client.close();
				assertThat(events.poll(20, TimeUnit.SECONDS)).isInstanceOf(ClientClosed.class);
			});
	}

	@Test
	void clientsAreClosedWithTheApplicationAfterTheirHandlersHaveRun() {
		Feed[] feed = new Feed[1];
		wired().withUserConfiguration(Feed.class).run((context) -> {
			feed[0] = context.getBean(Feed.class);
			NSConn ns = connect(dial(context), "feed");
			CompletableFuture<Room> joined = ns.joinRoomAsync("a");
			this.server.accept("feed;a;_OnRoomJoin");
			joined.join();
			feed[0].seen.clear();
		});
		assertThat(feed[0].seen).containsExactly("left a");
		assertThat(this.server.closed().code()).isEqualTo(1000);
	}

	@Test
	void metricsCountWhatClientsDo() {
		wired().withUserConfiguration(Feed.class, MetricsImport.class)
			.withPropertyValues("neffos.client.reconnect.initial-delay=1ms")
			.run((context) -> {
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				NeffosClient client = dial(context);
				NSConn ns = connect(client, "feed");
				ns.emit("post", "x");
				assertThat(this.server.next()).endsWith("x");
				assertThat(registry.get("neffos.client.connections").gauge().value()).isEqualTo(1);
				assertThat(registry.get("neffos.client.messages.sent").tag("namespace", "feed").counter().count())
					.isEqualTo(1);
				this.server.line().cut();
				assertThat(this.server.next()).isEqualTo("M");
				this.server.say("Ac2");
				this.server.accept("feed;;_OnNamespaceConnect");
				await().until(client::isConnected);
				await().untilAsserted(() -> assertThat(
						registry.get("neffos.client.reconnects").tag("outcome", "success").counter().count())
					.isEqualTo(1));
				assertThat(registry.get("neffos.client.reconnect.attempts").counter().count()).isEqualTo(1);
				assertThat(registry.get("neffos.client.closed").tag("reason", "peer").counter().count()).isEqualTo(1);
				client.close();
				await().untilAsserted(
						() -> assertThat(registry.get("neffos.client.connections").gauge().value()).isZero());
			});
	}

	@Test
	void observerOfTheApplicationIsToldBesideTheMetrics() {
		List<String> sent = new CopyOnWriteArrayList<>();
		NeffosObserver observer = new NeffosObserver() {

			@Override
			public void sent(String namespace, int count) {
				sent.add(namespace + " " + count);
			}

		};
		wired().withUserConfiguration(Feed.class, MetricsImport.class)
			.withBean("observing", NeffosClientBuilderCustomizer.class, () -> (builder) -> builder.observer(observer))
			.run((context) -> {
				connect(dial(context), "feed").emit("post", "x");
				assertThat(this.server.next()).endsWith("x");
				await().untilAsserted(() -> assertThat(sent).containsExactly("feed 1"));
				assertThat(context.getBean(MeterRegistry.class)
					.get("neffos.client.messages.sent")
					.tag("namespace", "feed")
					.counter()
					.count()).isEqualTo(1);
			});
	}

	@Test
	void aClientAndAServerInOneApplication() {
		Runners.port()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, NeffosClientAutoConfiguration.class))
			.withUserConfiguration(Feed.class, ServerFeed.class)
			.run((context) -> {
				NeffosClient client = context.getBean(NeffosClientBuilder.class)
					.uri("ws://localhost:" + Runners.portOf(context) + "/neffos")
					.dial();
				NSConn feed = client.connect("feed");
				assertThat(feed.ask("onServer", null).text()).isEqualTo("asked by " + client.conn().id());
				NSConn there = context.getBean(NeffosServer.class).connections("feed").get(0);
				assertThat(there.ask("double", "4").text()).isEqualTo("8");
			});
	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT)
	static class Feed {

		final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

		record Item(String text) {
		}

		@OnConnect
		void connected(Conn conn, HandshakeInfo handshake) {
			this.seen.add("connected to " + handshake.uri().getPath());
		}

		@OnEvent("news")
		void news(Room room, @Payload Item item) {
			this.seen.add(item.text() + " in " + room.name());
		}

		@OnEvent("double")
		int twice(@Payload int number) {
			return number * 2;
		}

		@OnRoomJoin("closed")
		void refuse() {
			throw new RefusedException("not this one");
		}

		@OnRoomLeft
		void left(Message message) {
			this.seen.add("left " + message.room());
		}

	}

	@NeffosNamespace("feed")
	static class ServerFeed {

		@OnEvent("onServer")
		String asked(NSConn ns) {
			return "asked by " + ns.conn().id();
		}

	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT)
	static class WantsServer {

		@OnEvent("x")
		void x(NeffosServer server) {
			throw new AssertionError(server);
		}

	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT)
	static class WantsPrincipal {

		@OnEvent("x")
		void x(Optional<Principal> user) {
			throw new AssertionError(user);
		}

	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT)
	static class HearsOfRooms {

		@OnRoomCreated
		void created() {
		}

	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT, relay = Choice.OFF)
	static class Relays {

	}

	@NeffosNamespace(value = "feed", side = Side.CLIENT, overflow = Overflow.CONFLATE)
	static class Drops {

	}

	@Configuration(proxyBeanMethods = false)
	static class Ears {

		final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

		@EventListener({ Reconnecting.class, Reconnected.class, ClientClosed.class })
		void hear(Object event) {
			this.events.add(event);
		}

	}

}
