package io.neffos.handler;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;

import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.autoproxy.AbstractAutoProxyCreator;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.NeffosNamespace.Choice;
import io.neffos.annotation.NeffosNamespace.Overflow;
import io.neffos.annotation.OnEvent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which beans are found, how they are called, and how their namespaces are merged.
 */
class HandlerBeansTests {

	@Test
	void beansOfOneNamespaceAreMergedWithProgrammaticOnes() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Chat.class, MoreChat.class, Programmatic.class)) {
			assertThat(handlers.namespaces().names()).containsExactlyInAnyOrder("chat", "default");
			assertThat(handlers.events().handlers()).containsOnlyKeys("say", "more", "code");
			assertThat(handlers.send("say", "x")).isEqualTo("x");
			assertThat(handlers.send("code", null)).isEqualTo("programmatic");
			assertThat(handlers.namespaces().onConnect()).hasSize(1);
			assertThat(handlers.events().roomCreated()).hasSize(1);
		}
	}

	@Test
	void settingsAreMerged() {
		try (TestHandlers handlers = TestHandlers.of(Chat.class, Settings.class)) {
			assertThat(handlers.events().relay()).isFalse();
			assertThat(handlers.events().roomCheck()).isFalse();
			assertThat(handlers.events().overflow()).isEqualTo(io.neffos.Overflow.DROP_OLDEST);
		}
		try (TestHandlers handlers = TestHandlers.of(Chat.class)) {
			assertThat(handlers.events().relay()).isNull();
			assertThat(handlers.events().roomCheck()).isTrue();
			assertThat(handlers.events().overflow()).isNull();
		}
	}

	@Test
	void beanWithoutHandlersDeclaresANamespace() {
		try (TestHandlers handlers = TestHandlers.of(Empty.class)) {
			Events events = handlers.namespaces().events("default");
			assertThat(events).isNotNull();
			assertThat(events.handlers()).isEmpty();
		}
	}

	@Test
	void componentScanNamesBeansByTheirClass() {
		try (TestHandlers handlers = TestHandlers.of((context) -> {
			ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(context);
			scanner.addExcludeFilter((reader, factory) -> !List.of(Scanned.class.getName(), ScannedToo.class.getName())
				.contains(reader.getClassMetadata().getClassName()));
			scanner.scan(HandlerBeansTests.class.getPackageName());
		})) {
			assertThat(handlers.context.getBeanNamesForType(Scanned.class))
				.containsExactly("handlerBeansTests.Scanned");
			assertThat(handlers.events().handlers()).containsOnlyKeys("one", "two");
		}
	}

	@Test
	void handlerMayDependOnTheServer() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Dependent.class)) {
			assertThat(handlers.send("server", null)).isSameAs(handlers.server);
		}
	}

	@Test
	void lookingForHandlersMakesNoFactoryBean() {
		UntypedFactory.made = 0;
		DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
		beanFactory.registerBeanDefinition("factory", new RootBeanDefinition(UntypedFactory.class));
		beanFactory.registerBeanDefinition("chat", new RootBeanDefinition(Chat.class));
		assertThat(new HandlerBeans(beanFactory).find()).extracting(HandlerBean::name).containsExactly("chat");
		assertThat(UntypedFactory.made).isZero();
	}

	@Test
	void lazyBeanIsMadeByTheFirstMessage() throws Exception {
		LazyChat.made = 0;
		try (TestHandlers handlers = TestHandlers.of(LazyChat.class)) {
			assertThat(LazyChat.made).isZero();
			handlers.send("say", null);
			handlers.send("say", null);
			assertThat(LazyChat.made).isOne();
		}
	}

	@Test
	void prototypeIsMadeByEveryMessage() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Prototype.class)) {
			assertThat(handlers.send("self", null)).isNotSameAs(handlers.send("self", null));
		}
	}

	@Test
	void scopedProxyIsCalledOnce() throws Exception {
		try (TestHandlers handlers = TestHandlers
			.of((context) -> context.getBeanFactory().registerScope("thread", new SimpleThreadScope()), Scoped.class)) {
			Object first = handlers.send("self", null);
			assertThat(first).isInstanceOf(Scoped.class).isSameAs(handlers.send("self", null));
		}
	}

	@Test
	void classProxyIsHonoured() throws Exception {
		List<String> calls = new ArrayList<>();
		try (TestHandlers handlers = TestHandlers.of(proxying(true, calls), Chat.class)) {
			assertThat(handlers.context.getBean(Chat.class).getClass()).isNotSameAs(Chat.class);
			assertThat(handlers.send("say", "x")).isEqualTo("x");
			assertThat(calls).containsExactly("say");
		}
	}

	@Test
	void interfaceProxyIsHonouredWithTheAnnotationsOfTheClass() throws Exception {
		List<String> calls = new ArrayList<>();
		try (TestHandlers handlers = TestHandlers.of(proxying(false, calls), InterfaceChat.class)) {
			assertThat(Proxy.isProxyClass(handlers.context.getBean(ChatApi.class).getClass())).isTrue();
			assertThat(handlers.sendTo("game-7", "move", "x")).isEqualTo("7 x");
			assertThat(calls).containsExactly("move");
		}
	}

	@Test
	void interfaceProxyWithoutTheMethodStopsTheStart() {
		InvalidHandlerException failure = TestHandlers.failure(proxying(false, new ArrayList<>()), HiddenMethod.class);
		assertThat(failure.getDescription()).contains(HiddenMethod.class.getName() + "#secret()", "proxy");
		assertThat(failure.getAction()).contains("interface");
	}

	@Test
	void exceptionWrappedByAProxyIsUnwrapped() {
		try (TestHandlers handlers = TestHandlers.of(proxying((invocation) -> {
			throw new UndeclaredThrowableException(new IOException("inside"));
		}), Chat.class)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> handlers.send("say", "x"))
				.withMessage("inside");
		}
	}

	@Test
	void decoratorsSurroundEveryAnnotatedHandler() throws Exception {
		UnaryOperator<Object> a = (value) -> "a(" + value + ")";
		UnaryOperator<Object> b = (value) -> "b(" + value + ")";
		try (TestHandlers handlers = TestHandlers.of((context) -> {
			context.registerBean("a", EventHandlerDecorator.class, () -> decorator(a));
			context.registerBean("b", EventHandlerDecorator.class, () -> decorator(b));
		}, Chat.class, Programmatic.class)) {
			assertThat(handlers.send("say", "x")).isEqualTo("a(b(x))");
			assertThat(handlers.send("code", null)).isEqualTo("programmatic");
			assertThat(handlers.events().handler("say")).hasToString(Chat.class.getName() + "#say(String)");
		}
	}

	private static EventHandlerDecorator decorator(UnaryOperator<Object> change) {
		return (namespace, event, handler) -> {
			assertThat(namespace).isEqualTo("chat");
			EventHandler decorated = (conn, message) -> {
				assertThat(message.event()).isEqualTo(event);
				return change.apply(String.valueOf(handler.handle(conn, message)));
			};
			return decorated;
		};
	}

	private static Consumer<AnnotationConfigApplicationContext> proxying(boolean classes, List<String> calls) {
		return proxying(classes, (invocation) -> {
			calls.add(invocation.getMethod().getName());
			return invocation.proceed();
		});
	}

	private static Consumer<AnnotationConfigApplicationContext> proxying(MethodInterceptor interceptor) {
		return proxying(true, interceptor);
	}

	private static Consumer<AnnotationConfigApplicationContext> proxying(boolean classes,
			MethodInterceptor interceptor) {
		return (context) -> context.registerBean(ChatProxyCreator.class,
				() -> new ChatProxyCreator(classes, interceptor));
	}

	/** Puts a proxy before handlers, as transactions and method security do. */
	@SuppressWarnings("serial")
	static class ChatProxyCreator extends AbstractAutoProxyCreator {

		private final MethodInterceptor interceptor;

		ChatProxyCreator(boolean classes, MethodInterceptor interceptor) {
			setProxyTargetClass(classes);
			this.interceptor = interceptor;
		}

		@Override
		protected Object[] getAdvicesAndAdvisorsForBean(Class<?> beanClass, String beanName, TargetSource source) {
			return beanClass.isAnnotationPresent(NeffosNamespace.class) ? new Object[] { this.interceptor }
					: DO_NOT_PROXY;
		}

	}

	@NeffosNamespace("chat")
	static class Chat {

		@OnEvent("say")
		String say(String body) {
			return body;
		}

	}

	@NeffosNamespace("chat")
	static class MoreChat {

		@OnEvent("more")
		void more() {
		}

	}

	static class Programmatic {

		@Bean
		Namespaces programmatic() {
			return Namespaces.builder()
				.namespace("chat",
						(events) -> events.onAsk("code", (conn, message) -> "programmatic").onRoomCreated((room) -> {
						}))
				.namespace("default", (events) -> {
				})
				.onConnect((conn) -> {
				})
				.build();
		}

	}

	@NeffosNamespace(value = "chat", relay = Choice.OFF, roomCheck = Choice.OFF, overflow = Overflow.DROP_OLDEST)
	static class Settings {

	}

	@NeffosNamespace("default")
	static class Empty {

	}

	@NeffosNamespace("chat")
	static class Scanned {

		@OnEvent("one")
		void one() {
		}

	}

	@NeffosNamespace("chat")
	static class ScannedToo {

		@OnEvent("two")
		void two() {
		}

	}

	@NeffosNamespace("chat")
	static class Dependent {

		private final NeffosServer server;

		Dependent(NeffosServer server) {
			this.server = server;
		}

		@OnEvent("server")
		Object server() {
			return this.server;
		}

	}

	/** Tells what it makes only once it is there. */
	@SuppressWarnings("rawtypes")
	static class UntypedFactory implements FactoryBean {

		static int made;

		UntypedFactory() {
			made++;
		}

		@Override
		public Object getObject() {
			return "made";
		}

		@Override
		public Class<?> getObjectType() {
			return String.class;
		}

	}

	@Lazy
	@NeffosNamespace("chat")
	static class LazyChat {

		static int made;

		LazyChat() {
			made++;
		}

		@OnEvent("say")
		void say() {
		}

	}

	@Scope("prototype")
	@NeffosNamespace("chat")
	static class Prototype {

		@OnEvent("self")
		Object self() {
			return this;
		}

	}

	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	@NeffosNamespace("chat")
	static class Scoped {

		@OnEvent("self")
		Object self() {
			return this;
		}

	}

	interface ChatApi {

		String move(String id, String body);

	}

	@NeffosNamespace("chat")
	static class InterfaceChat implements ChatApi {

		@Override
		@OnEvent(value = "move", room = "game-{id}")
		public String move(@DestinationVariable String id, String body) {
			return id + " " + body;
		}

	}

	@NeffosNamespace("chat")
	static class HiddenMethod implements ChatApi {

		@Override
		public String move(String id, String body) {
			return body;
		}

		@OnEvent("secret")
		public void secret() {
		}

	}

}
