package io.neffos.handler;

import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.Validator;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

import io.neffos.Conn;
import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.Room;

import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * An application context whose namespaces are made while its beans are, as the server's
 * are, and a connection to call its handlers with.
 */
final class TestHandlers implements AutoCloseable {

	final Conn conn = mock(Conn.class);

	final NSConn nsConn = mock(NSConn.class);

	final NeffosServer server = mock(NeffosServer.class);

	final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private TestHandlers(Class<?>... beans) {
		principal(null);
		given(this.nsConn.conn()).willReturn(this.conn);
		given(this.nsConn.namespace()).willReturn("chat");
		if (beans.length > 0) {
			this.context.register(beans);
		}
	}

	static TestHandlers of(Class<?>... beans) {
		return of((context) -> {
		}, beans);
	}

	static TestHandlers of(Consumer<AnnotationConfigApplicationContext> customizer, Class<?>... beans) {
		LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
		validator.afterPropertiesSet();
		return of(validator, customizer, beans);
	}

	static TestHandlers of(@Nullable Validator validator, Consumer<AnnotationConfigApplicationContext> customizer,
			Class<?>... beans) {
		TestHandlers handlers = new TestHandlers(beans);
		AnnotationConfigApplicationContext context = handlers.context;
		context.registerBean(AnnotatedNamespaces.class,
				() -> new AnnotatedNamespaces(context.getBeanFactory(),
						new CompositeMessageConverter(List.of(new StringMessageConverter(),
								new ByteArrayMessageConverter(), new JacksonJsonMessageConverter())),
						validator,
						context.getBeanProvider(HandlerMethodArgumentResolver.class).orderedStream().toList(),
						context.getBeanProvider(EventHandlerDecorator.class).orderedStream().toList()));
		context.registerBean("neffosNamespaces", Namespaces.class,
				() -> context.getBean(AnnotatedNamespaces.class).create());
		context.registerBean(NeffosServer.class, () -> {
			context.getBean("neffosNamespaces");
			return handlers.server;
		});
		customizer.accept(context);
		context.refresh();
		return handlers;
	}

	/** What stops the start. */
	static InvalidHandlerException failure(Class<?>... beans) {
		return failure((context) -> {
		}, beans);
	}

	static InvalidHandlerException failure(Consumer<AnnotationConfigApplicationContext> customizer, Class<?>... beans) {
		return failureOf(() -> of(customizer, beans).close());
	}

	static InvalidHandlerException failureOf(Runnable start) {
		Throwable thrown = catchThrowable(start::run);
		while (thrown != null && !(thrown instanceof InvalidHandlerException)) {
			thrown = thrown.getCause();
		}
		if (thrown == null) {
			throw new AssertionError("The application started");
		}
		return (InvalidHandlerException) thrown;
	}

	Namespaces namespaces() {
		return this.context.getBean("neffosNamespaces", Namespaces.class);
	}

	Events events() {
		Events events = namespaces().events("chat");
		if (events == null) {
			throw new AssertionError("There is no namespace 'chat'");
		}
		return events;
	}

	TestHandlers principal(@Nullable Principal principal) {
		given(this.conn.handshake())
			.willReturn(new HandshakeInfo(URI.create("/neffos"), Map.of("X-A", List.of("b")), principal, null, null));
		return this;
	}

	Room joined(String name) {
		Room room = mock(Room.class);
		given(room.name()).willReturn(name);
		given(this.nsConn.room(name)).willReturn(room);
		return room;
	}

	@Nullable Object send(String event, @Nullable Object body) throws Exception {
		return send(Message.of(event, body).namespace("chat"));
	}

	@Nullable Object sendTo(String room, String event, @Nullable Object body) throws Exception {
		return send(Message.of(event, body).namespace("chat").room(room));
	}

	@Nullable Object send(Message message) throws Exception {
		EventHandler handler = events().handler(message.event());
		if (handler == null) {
			throw new AssertionError("There is no handler for " + message);
		}
		return handler.handle(this.nsConn, message);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
