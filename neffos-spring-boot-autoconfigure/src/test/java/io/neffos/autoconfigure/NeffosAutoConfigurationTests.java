package io.neffos.autoconfigure;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.neffos.BodyCodec;
import io.neffos.ConnIdGenerator;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosException;
import io.neffos.NeffosServer;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnNamespaceDisconnect;
import io.neffos.autoconfigure.actuate.NeffosManagementEndpoint;
import io.neffos.engine.EngineSettings;
import io.neffos.handler.InvalidHandlerException;
import io.neffos.server.DefaultNeffosServer;
import io.neffos.test.TestConn;
import io.neffos.test.TestNamespace;
import io.neffos.test.TestRoom;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.AbstractMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.socket.WebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;

/** Tests for {@link NeffosAutoConfiguration}. */
@ExtendWith(OutputCaptureExtension.class)
class NeffosAutoConfigurationTests {

	private final WebApplicationContextRunner runner = Runners.mock();

	private final WebApplicationContextRunner port = Runners.port();

	@Test
	void configuresAServer() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(NeffosServer.class).hasSingleBean(DefaultNeffosServer.class);
			assertThat(context.getBean(EngineSettings.class)).isEqualTo(EngineSettings.DEFAULTS);
			assertThat(context.getBean(NeffosServer.class).namespaces()).isEmpty();
			assertThat(context).doesNotHaveBean(NeffosManagementEndpoint.class);
		});
	}

	@Test
	void leavesTheTaskExecutorOfTheApplicationAlone() {
		this.runner.run((context) -> assertThat(context)
			.hasBean(TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME));
	}

	@Test
	void leavesAnApplicationAloneThatIsNoWebApplication() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
					NeffosAutoConfiguration.class, NeffosWebSocketAutoConfiguration.class))
			.withBean(Rooms.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(NeffosServer.class)
				.doesNotHaveBean(NeffosProperties.class));
	}

	@Test
	void leavesAReactiveApplicationAlone() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(NeffosAutoConfiguration.class, NeffosWebSocketAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(NeffosServer.class));
	}

	@Test
	void leavesAnApplicationAloneThatHasNoWebSocket() {
		this.runner.withClassLoader(new FilteredClassLoader(WebSocketHandler.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(NeffosServer.class)
				.doesNotHaveBean("neffosHandlerMapping"));
	}

	@Test
	void backsOffForAServer() {
		NeffosServer mine = mock(NeffosServer.class);
		this.runner.withBean("mine", NeffosServer.class, () -> mine).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(DefaultNeffosServer.class);
			assertThat(context.getBean(NeffosServer.class)).isSameAs(mine);
		});
	}

	@Test
	void backsOffForSettings() {
		EngineSettings mine = new CheckedProperties(new Binder().bindOrCreate("neffos", NeffosProperties.class))
			.settings();
		this.runner.withBean("mine", EngineSettings.class, () -> mine)
			.run((context) -> assertThat(context.getBean(EngineSettings.class)).isSameAs(mine));
	}

	@Test
	void backsOffForIds() {
		this.port.withBean("mine", ConnIdGenerator.class, () -> (handshake) -> "me")
			.withBean(Rooms.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(ConnIdGenerator.class);
				assertThat(Runners.tester(context).dial().id()).isEqualTo("me");
			});
	}

	@Test
	void backsOffForACodec() {
		BodyCodec mine = new BodyCodec() {

			@Override
			public byte[] encode(Object value) {
				return ("mine " + value).getBytes(StandardCharsets.UTF_8);
			}

			@Override
			public Object decode(byte[] body, Type type) {
				return new Line("decoded", body.length);
			}

		};
		this.port.withBean("mine", BodyCodec.class, () -> mine)
			.withBean(Rooms.class)
			.run((context) -> Runners.chat(context).ask("longer", "12345").expect("mine Line[text=decoded, count=6]"));
	}

	@Test
	void readsAndWritesWithJackson() {
		this.port.withBean(Rooms.class)
			.run((context) -> assertThat(Runners.chat(context).ask("longer", "{\"text\":\"a\",\"count\":1}").text())
				.startsWith("{")
				.contains("\"count\":2")
				.contains("\"text\":\"a\""));
	}

	@Test
	void doesWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class)).withBean(Rooms.class).run((context) -> {
			assertThat(context).hasSingleBean(DefaultNeffosServer.class).doesNotHaveBean(BodyCodec.class);
			assertThatExceptionOfType(NeffosException.class)
				.isThrownBy(() -> context.getBean(BodyCodecs.class).all().encode(new Line("a", 1)))
				.withMessageContaining("No body codec");
		});
	}

	@Test
	void asksMessageConvertersFirst() {
		this.port.withBean("mine", MessageConverter.class, LineConverter::new).withBean(Rooms.class).run((context) -> {
			TestNamespace client = Runners.chat(context);
			client.ask("longer", "a*1").expect("a*2");
			client.ask("message", "b*1").expect("b*1");
			client.ask("list", "[1,2]").expect("3");
		});
	}

	@Test
	void leavesConvertersOfOthersAlone() {
		this.port
			.withBean("brokerMessageConverter", CompositeMessageConverter.class,
					() -> new CompositeMessageConverter(List.of(new LineConverter())))
			.withBean(Rooms.class)
			.run((context) -> Runners.chat(context).ask("longer", "a*1").expectRefused("invalid payload"));
	}

	@Test
	void mergesAnnotatedBeansAndNamespaces() {
		this.port.withBean(Rooms.class)
			.withBean("more", Namespaces.class,
					() -> Namespaces.builder()
						.namespace("chat", (events) -> events.onAsk("more", (conn, message) -> "more"))
						.namespace("other", (events) -> {
						})
						.build())
			.run((context) -> {
				assertThat(context.getBean(NeffosServer.class).namespaces()).containsExactlyInAnyOrder("chat", "other");
				TestNamespace client = Runners.chat(context);
				client.ask("text", "x").expect("x");
				client.ask("more", null).expect("more");
			});
	}

	@Test
	void handlersMayDependOnTheServer() {
		this.port.withBean(Announcer.class)
			.run((context) -> Runners.tester(context).connect("announcer").ask("count", null).expect("1"));
	}

	@Test
	void validates() {
		this.port.withBean(Rooms.class)
			.run((context) -> assertThat(Runners.chat(context).ask("valid", "{\"text\":\"\",\"count\":1}").refusal())
				.startsWith("invalid payload"));
	}

	@Test
	void validatesNothingWithoutBeanValidation() {
		// Spring MVC has a validator of its own then, which finds everything valid.
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class,
				DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class, NeffosAutoConfiguration.class))
			.withBean(Rooms.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidHandlerException.class)
				.rootCause()
				.hasMessageContaining("is to be validated"));
	}

	@Test
	void stopsForAMistakeInHandlers() {
		this.runner.withBean(Rooms.class)
			.withBean(MoreRooms.class)
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidHandlerException.class)
				.rootCause()
				.hasMessageContaining("Rooms")
				.hasMessageContaining("MoreRooms"));
	}

	@Test
	void reportsAMistakeInHandlers(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> application(MistakenApplication.class).run());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Event 'text' of namespace 'chat' has two handlers")
			.contains("Remove one of them");
	}

	@Test
	void reportsAMistakeInProperties(CapturedOutput output) {
		assertThatExceptionOfType(Exception.class)
			.isThrownBy(() -> application(EmptyApplication.class).run("--neffos.limits.rooms=-1"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("neffos.limits.rooms")
			.contains("-1")
			.contains("The number must be 1 or more");
	}

	@Test
	void looksAtPropertiesWhenItStarts() {
		this.runner.withPropertyValues("neffos.handshake.header-parameters=Host")
			.run((context) -> assertThat(context).getFailure()
				.hasRootCauseInstanceOf(InvalidConfigurationPropertyValueException.class)
				.rootCause()
				.hasMessageContaining("neffos.handshake.header-parameters"));
	}

	@Test
	void namesExecutorsWhenTheOneWantedIsNotThere() {
		this.runner.withPropertyValues("neffos.executor=nope")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("neffos.executor")
				.hasMessageContaining("nope")
				.hasMessageContaining("applicationTaskExecutor"));
	}

	@Test
	void takesTheOnlyExecutorButNoScheduler() {
		this.port.withBean(ThreadPoolTaskScheduler.class)
			.withBean("only", ThreadPoolTaskExecutor.class, NeffosAutoConfigurationTests::only)
			.withBean(Rooms.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean("applicationTaskExecutor");
				assertThat(Runners.chat(context).ask("thread", null).text()).startsWith("only-");
			});
		this.runner.withBean(ThreadPoolTaskScheduler.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("neffos.executor")
				.hasMessageContaining("spring.task.execution.mode"));
	}

	private static ThreadPoolTaskExecutor only() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setThreadNamePrefix("only-");
		return executor;
	}

	@Test
	void publishesTheLifeOfRooms() {
		this.port.withBean(Rooms.class).withBean(Listener.class).run((context) -> {
			BlockingQueue<Object> seen = context.getBean(Listener.class).seen;
			TestRoom lobby = Runners.chat(context).join("lobby");
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(new RoomCreated("chat", "lobby"));
			lobby.leave();
			assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(new RoomDestroyed("chat", "lobby"));
		});
	}

	@Test
	void handlersOfTheEndRunWhenTheApplicationStops() {
		BlockingQueue<String> left = new LinkedBlockingQueue<>();
		List<TestConn> clients = new ArrayList<>();
		this.port.withBean(LastWords.class, () -> new LastWords(left)).run((context) -> {
			for (int i = 0; i < 20; i++) {
				clients.add(Runners.tester(context).connect("last").conn());
			}
		});
		assertThat(left).hasSize(20);
		for (TestConn client : clients) {
			client.expectClosed(1001);
		}
	}

	private static SpringApplication application(Class<?> type) {
		return new SpringApplicationBuilder(type).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "spring.main.banner-mode=off")
			.build();
	}

	/**
	 * A line.
	 *
	 * @param text must not be empty
	 * @param count a number
	 */
	record Line(@NotEmpty String text, int count) {
	}

	@NeffosNamespace("chat")
	static class Rooms {

		@OnEvent("text")
		String text(@Payload String text) {
			return text;
		}

		@OnEvent("longer")
		Line longer(@Payload Line line) {
			return new Line(line.text(), line.count() + 1);
		}

		@OnEvent("message")
		Line message(Message message) {
			return message.as(Line.class);
		}

		@OnEvent("list")
		String list(@Payload List<Integer> numbers) {
			return "" + numbers.stream().mapToInt(Integer::intValue).sum();
		}

		@OnEvent("valid")
		String valid(@Payload @Valid Line line) {
			return "valid";
		}

		@OnEvent("thread")
		String thread() {
			return Thread.currentThread().getName();
		}

	}

	@NeffosNamespace("chat")
	static class MoreRooms {

		@OnEvent("text")
		void text() {
		}

	}

	@NeffosNamespace("announcer")
	static class Announcer {

		private final NeffosServer server;

		Announcer(NeffosServer server) {
			this.server = server;
		}

		@OnEvent("count")
		String count() {
			return "" + this.server.connectionCount("announcer");
		}

	}

	@NeffosNamespace("last")
	static class LastWords {

		private final BlockingQueue<String> left;

		LastWords(BlockingQueue<String> left) {
			this.left = left;
		}

		@OnNamespaceDisconnect
		void left(NSConn conn) {
			this.left.add(conn.conn().id());
		}

	}

	static class Listener {

		private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

		@EventListener
		void created(RoomCreated event) {
			this.seen.add(event);
		}

		@EventListener
		void destroyed(RoomDestroyed event) {
			this.seen.add(event);
		}

	}

	/** Lines as {@code text*count}. */
	static final class LineConverter extends AbstractMessageConverter {

		LineConverter() {
			super(MimeTypeUtils.TEXT_PLAIN);
		}

		@Override
		protected boolean supports(Class<?> type) {
			return type == Line.class;
		}

		@Override
		protected @Nullable Object convertFromInternal(org.springframework.messaging.Message<?> message,
				Class<?> targetClass, @Nullable Object conversionHint) {
			String[] parts = new String((byte[]) message.getPayload(), StandardCharsets.UTF_8).split("\\*", 2);
			return new Line(parts[0], Integer.parseInt(parts[1]));
		}

		@Override
		protected @Nullable Object convertToInternal(Object payload, @Nullable MessageHeaders headers,
				@Nullable Object conversionHint) {
			Line line = (Line) payload;
			return line.text() + "*" + line.count();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class,
			TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, TaskExecutionAutoConfiguration.class, ValidationAutoConfiguration.class,
			JacksonAutoConfiguration.class, NeffosAutoConfiguration.class, NeffosWebSocketAutoConfiguration.class })
	static class EmptyApplication {

	}

	@Configuration(proxyBeanMethods = false)
	static class MistakenApplication extends EmptyApplication {

		@Bean
		Rooms rooms() {
			return new Rooms();
		}

		@Bean
		MoreRooms moreRooms() {
			return new MoreRooms();
		}

	}

}
