package io.neffos.handler;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.Order;
import org.springframework.messaging.handler.annotation.DestinationVariable;

import io.neffos.Conn;
import io.neffos.ConnAction;
import io.neffos.EventHandler;
import io.neffos.Message;
import io.neffos.RoomAction;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnAnyEvent;
import io.neffos.annotation.OnConnect;
import io.neffos.annotation.OnDisconnect;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnNamespaceConnect;
import io.neffos.annotation.OnNamespaceConnected;
import io.neffos.annotation.OnNamespaceDisconnect;
import io.neffos.annotation.OnNativeMessage;
import io.neffos.annotation.OnRoomCreated;
import io.neffos.annotation.OnRoomDestroyed;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomJoined;
import io.neffos.annotation.OnRoomLeave;
import io.neffos.annotation.OnRoomLeft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Which annotated method takes what.
 */
class RoomSelectionTests {

	@Test
	void everyAnnotationStandsForItsEvent() {
		try (TestHandlers handlers = TestHandlers.of(AllEvents.class)) {
			assertThat(handlers.events().handlers()).containsOnlyKeys("say", SystemEvents.ANY_EVENT,
					SystemEvents.NAMESPACE_CONNECT, SystemEvents.NAMESPACE_CONNECTED, SystemEvents.NAMESPACE_DISCONNECT,
					SystemEvents.ROOM_JOIN, SystemEvents.ROOM_JOINED, SystemEvents.ROOM_LEAVE, SystemEvents.ROOM_LEFT);
			assertThat(handlers.events().handler("say")).hasToString(AllEvents.class.getName() + "#say(String)");
		}
	}

	@Test
	void nativeMessagesHaveNoNamespace() {
		try (TestHandlers handlers = TestHandlers.of(Native.class)) {
			assertThat(handlers.namespaces().isNativeOnly()).isTrue();
		}
	}

	@Test
	void mostSpecificPatternTakesTheMessage() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Patterns.class)) {
			assertThat(handlers.sendTo("game-1", "move", null)).isEqualTo("game one");
			assertThat(handlers.sendTo("game-2", "move", null)).isEqualTo("game 2");
			assertThat(handlers.sendTo("other", "move", null)).isEqualTo("some room");
			assertThat(handlers.send("move", null)).isEqualTo("no pattern");
		}
	}

	@Test
	void messageThatMatchesNothingIsNotHandled() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(OneGame.class)) {
			assertThat(handlers.sendTo("game-1", "move", null)).isEqualTo("1");
			assertThat(handlers.sendTo("lobby", "move", null)).isSameAs(EventHandler.NOT_HANDLED);
			assertThat(handlers.send("move", null)).isSameAs(EventHandler.NOT_HANDLED);
			assertThat(handlers.sendTo("lobby", SystemEvents.ROOM_JOIN, null)).isSameAs(EventHandler.NOT_HANDLED);
		}
	}

	@Test
	void messageThatMatchesNothingGoesToTheHandlerForAnyEvent() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(OneGame.class, AnyEvent.class)) {
			assertThat(handlers.sendTo("game-1", "move", null)).isEqualTo("1");
			assertThat(handlers.sendTo("lobby", "move", null)).isEqualTo("any move");
			assertThat(handlers.sendTo("lobby", SystemEvents.ROOM_JOIN, null))
				.isEqualTo("any " + SystemEvents.ROOM_JOIN);
			assertThat(handlers.sendTo("lobby", "unknown", null)).isEqualTo("any unknown");
		}
	}

	@Test
	void composedAnnotationsAreUnderstood() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Composed.class)) {
			assertThat(handlers.sendTo("vip", SystemEvents.ROOM_JOIN, null)).isEqualTo("vip");
			assertThat(handlers.sendTo("lobby", SystemEvents.ROOM_JOIN, null)).isSameAs(EventHandler.NOT_HANDLED);
		}
	}

	@Test
	void annotationsOfASuperclassAreInherited() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Derived.class)) {
			assertThat(handlers.send("say", "x")).isEqualTo("derived x");
		}
	}

	@Test
	void roomsAreAnnouncedToEveryMatchingMethod() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Life.class)) {
			RoomInfo room = mock(RoomInfo.class);
			given(room.name()).willReturn("game-7");
			for (RoomAction action : handlers.events().roomCreated()) {
				action.handle(room);
			}
			for (RoomAction action : handlers.events().roomDestroyed()) {
				action.handle(room);
			}
			assertThat(handlers.context.getBean(Life.class).log).containsExactly("created 7", "created game-7",
					"destroyed 7");
		}
	}

	@Test
	void connectionsAreAnnouncedInOrder() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Unordered.class, Late.class, Early.class)) {
			for (ConnAction action : handlers.namespaces().onConnect()) {
				action.handle(handlers.conn);
			}
			assertThat(LOG).containsExactly("early", "late 1", "late 2", "unordered");
			for (ConnAction action : handlers.namespaces().onDisconnect()) {
				action.handle(handlers.conn);
			}
			assertThat(LOG).endsWith("disconnected");
		}
		finally {
			LOG.clear();
		}
	}

	private static final List<String> LOG = new CopyOnWriteArrayList<>();

	@NeffosNamespace("chat")
	static class AllEvents {

		@OnEvent("say")
		void say(String body) {
		}

		@OnAnyEvent
		void any() {
		}

		@OnNamespaceConnect
		void connect() {
		}

		@OnNamespaceConnected
		void connected() {
		}

		@OnNamespaceDisconnect
		void disconnect() {
		}

		@OnRoomJoin
		void join() {
		}

		@OnRoomJoined
		void joined() {
		}

		@OnRoomLeave
		void leave() {
		}

		@OnRoomLeft
		void left() {
		}

	}

	@NeffosNamespace("")
	static class Native {

		@OnNativeMessage
		void echo(String text) {
		}

	}

	@NeffosNamespace("chat")
	static class Patterns {

		@OnEvent("move")
		String everything() {
			return "no pattern";
		}

		@OnEvent(value = "move", room = "*")
		String someRoom() {
			return "some room";
		}

		@OnEvent(value = "move", room = "game-{id}")
		String game(@DestinationVariable String id) {
			return "game " + id;
		}

		@OnEvent(value = "move", room = "game-1")
		String gameOne() {
			return "game one";
		}

	}

	@NeffosNamespace("chat")
	static class OneGame {

		@OnEvent(value = "move", room = "game-{id}")
		String game(@DestinationVariable("id") String number) {
			return number;
		}

		@OnRoomJoin("game-{id}")
		void join() {
		}

	}

	@NeffosNamespace("chat")
	static class AnyEvent {

		@OnAnyEvent
		String any(Message message) {
			return "any " + message.event();
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@OnRoomJoin("vip")
	@interface OnVipJoin {

	}

	@Target(ElementType.TYPE)
	@Retention(RetentionPolicy.RUNTIME)
	@NeffosNamespace("chat")
	@interface Chat {

	}

	@Chat
	static class Composed {

		@OnVipJoin
		String admit(Message message) {
			return message.room();
		}

	}

	abstract static class Base<T> {

		@OnEvent("say")
		abstract String say(T body);

	}

	@NeffosNamespace("chat")
	static class Derived extends Base<String> {

		@Override
		String say(String body) {
			return "derived " + body;
		}

	}

	@NeffosNamespace("chat")
	static class Life {

		final List<String> log = new CopyOnWriteArrayList<>();

		@OnRoomCreated("game-{id}")
		@Order(1)
		void game(@DestinationVariable int id) {
			this.log.add("created " + id);
		}

		@OnRoomCreated
		void room(RoomInfo room) {
			this.log.add("created " + room.name());
		}

		@OnRoomCreated("lobby")
		void lobby() {
			this.log.add("wrong");
		}

		@OnRoomDestroyed("game-{id}")
		void destroyed(@DestinationVariable int id) {
			this.log.add("destroyed " + id);
		}

	}

	@NeffosNamespace("chat")
	static class Unordered {

		@OnConnect
		void connect(Conn conn) {
			LOG.add("unordered");
		}

		@OnDisconnect
		void disconnect(Conn conn) {
			LOG.add("disconnected");
		}

	}

	@Order(2)
	@NeffosNamespace("chat")
	static class Late {

		@OnConnect
		@Order(2)
		void a() {
			LOG.add("late 2");
		}

		@OnConnect
		@Order(1)
		void b() {
			LOG.add("late 1");
		}

	}

	@Order(1)
	@NeffosNamespace("default")
	static class Early {

		@OnConnect
		void connect() {
			LOG.add("early");
		}

	}

}
