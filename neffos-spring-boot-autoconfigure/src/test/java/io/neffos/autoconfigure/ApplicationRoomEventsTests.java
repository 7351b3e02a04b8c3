package io.neffos.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ApplicationRoomEventsTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner();

	@Test
	void nobodyListensWhereNobodyWantsToKnow() {
		this.runner.withBean(Refreshed.class).run((context) -> assertThat(listens(context)).isFalse());
	}

	@Test
	void nobodyListensInAPlainApplication() {
		SpringApplication application = new SpringApplication(Refreshed.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(listens(context)).isFalse();
		}
	}

	@Test
	void listenersOfAnyFormAreFound() {
		this.runner.withBean(Annotated.class).run((context) -> assertThat(listens(context)).isTrue());
		this.runner.withBean(OfPayloads.class).run((context) -> assertThat(listens(context)).isTrue());
		this.runner.withBean(OfEverything.class).run((context) -> assertThat(listens(context)).isTrue());
		this.runner.withBean(LazyListener.class, LazyListener::new, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(listens(context)).isTrue());
	}

	@Test
	void whereTheyCannotBeKnownSomebodyListens() {
		this.runner.withBean("applicationEventMulticaster", SimpleApplicationEventMulticaster.class,
				() -> new SimpleApplicationEventMulticaster() {
				})
			.run((context) -> assertThat(listens(context)).isTrue());
		this.runner.run((parent) -> new ApplicationContextRunner().withParent(parent)
			.run((context) -> assertThat(listens(context)).isTrue()));
	}

	@Test
	void oneThatComesLaterIsFound() {
		this.runner.run((context) -> {
			GenericApplicationContext known = (GenericApplicationContext) context.getSourceApplicationContext();
			ApplicationRoomEvents events = new ApplicationRoomEvents(known);
			assertThat(events.hasListeners()).isFalse();
			List<Object> seen = new ArrayList<>();
			ApplicationListener<PayloadApplicationEvent<RoomCreated>> late = ApplicationListener.forPayload(seen::add);
			known.addApplicationListener(late);
			assertThat(events.hasListeners()).isTrue();
			events.publish(new RoomCreated("chat", "lobby"));
			assertThat(seen).containsExactly(new RoomCreated("chat", "lobby"));
			known.removeApplicationListener(late);
			assertThat(events.hasListeners()).isFalse();
		});
	}

	private static boolean listens(ApplicationContext context) {
		return new ApplicationRoomEvents((context instanceof AssertableApplicationContext assertable)
				? assertable.getSourceApplicationContext() : context)
			.hasListeners();
	}

	static class Refreshed {

		@EventListener
		void refreshed(ContextRefreshedEvent event) {
		}

	}

	static class Annotated {

		@EventListener
		void gone(RoomDestroyed event) {
		}

	}

	static class OfPayloads implements ApplicationListener<PayloadApplicationEvent<RoomCreated>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<RoomCreated> event) {
		}

	}

	static class OfEverything {

		@EventListener
		void any(Object event) {
		}

	}

	static class LazyListener implements ApplicationListener<PayloadApplicationEvent<RoomCreated>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<RoomCreated> event) {
		}

	}

}
