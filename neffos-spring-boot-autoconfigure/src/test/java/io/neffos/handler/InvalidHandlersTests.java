package io.neffos.handler;

import java.io.InputStream;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.security.Principal;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Future;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.web.socket.WebSocketSession;

import io.neffos.Conn;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.Room;
import io.neffos.RoomInfo;
import io.neffos.SystemEvents;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.NeffosNamespace.Choice;
import io.neffos.annotation.NeffosNamespace.Overflow;
import io.neffos.annotation.OnAnyEvent;
import io.neffos.annotation.OnConnect;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnNamespaceConnect;
import io.neffos.annotation.OnNativeMessage;
import io.neffos.annotation.OnRoomCreated;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomJoined;
import io.neffos.annotation.OnRoomLeave;
import io.neffos.annotation.OnRoomLeft;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Mistakes that stop the start, and what the developer reads.
 */
class InvalidHandlersTests {

	@Test
	void twoHandlersForOneEventInOneBean() {
		assertThat(description(TwoInOne.class)).contains("Event 'say' of namespace 'chat' has two handlers")
			.contains(TwoInOne.class.getName() + "#first(String)")
			.contains(TwoInOne.class.getName() + "#second()");
	}

	@Test
	void twoHandlersForOneEventInTwoBeans() {
		assertThat(description(Says.class, SaysToo.class)).contains(Says.class.getName() + "#say()")
			.contains(SaysToo.class.getName() + "#sayToo()");
	}

	@Test
	void twoHandlersForOnePatternWhateverItsVariablesAreCalled() {
		assertThat(description(SamePattern.class)).contains("'game-{x}'", "#a(", "#b(");
	}

	@Test
	void beanAndProgrammaticNamespacesClash() {
		assertThat(description(Says.class, Programmatic.class)).contains("'say'")
			.contains(Says.class.getName() + "#say()")
			.contains("Namespaces bean 'programmaticChat'");
	}

	@Test
	void twoProgrammaticNamespacesClash() {
		assertThat(description(Programmatic.class, ProgrammaticToo.class)).contains("'say'",
				"Namespaces bean 'programmaticChat'", "Namespaces bean 'otherChat'");
	}

	@Test
	void settingsContradictEachOther() {
		assertThat(description(RelayOn.class, RelayOff.class)).contains("'chat'", "relay", RelayOn.class.getName(),
				RelayOff.class.getName());
		assertThat(description(RelayOn.class, ProgrammaticRelayOff.class)).contains("'chat'", "relay",
				RelayOn.class.getName(), "Namespaces bean 'relayOff'");
		assertThat(description(RoomCheckOn.class, RoomCheckOff.class)).contains("'chat'", "room check",
				RoomCheckOn.class.getName(), RoomCheckOff.class.getName());
		assertThat(description(Drops.class, Conflates.class)).contains("'chat'", "overflow DROP_OLDEST by",
				Drops.class.getName(), "CONFLATE by", Conflates.class.getName());
	}

	@Test
	void parameterThatNobodyResolves() {
		InvalidHandlerException failure = TestHandlers.failure(ServletRequest.class);
		assertThat(failure.getDescription()).contains("Parameter 2 of type " + HttpServletRequest.class.getName(),
				ServletRequest.class.getName() + "#say(NSConn, HttpServletRequest)");
		assertThat(failure.getAction()).contains("NSConn", "Conn", "Room", "Message", "HandshakeInfo", "NeffosServer",
				"Principal", "@DestinationVariable", "@Payload", "HandlerMethodArgumentResolver");
		assertThat(description(Session.class)).contains(WebSocketSession.class.getName());
		assertThat(description(Stream.class)).contains(InputStream.class.getName());
		assertThat(description(HeaderParameter.class)).contains("Parameter 1 of type java.lang.String");
		assertThat(description(RoomInfoOfMessage.class)).contains(RoomInfo.class.getName());
	}

	@Test
	void twoBodies() {
		assertThat(description(TwoBodies.class)).contains("Parameter 1 of type java.lang.String",
				"Parameter 3 of type int", "both be the body", "#say(String, NSConn, int)");
		assertThat(description(PayloadAndBody.class)).contains("Parameter 1", "Parameter 2", "both be the body");
	}

	@Test
	void bodyWhereThereIsNone() {
		assertThat(description(BodyOfJoined.class)).contains("Parameter 1 of type java.lang.String", "no body");
		assertThat(description(BodyOfConnect.class)).contains("Parameter 1 of type java.lang.String", "no body");
		assertThat(description(BodyOfLeave.class)).contains(Named.class.getName(), "Optional");
		assertThat(description(BodyOfAny.class)).contains(Named.class.getName(), "Optional");
	}

	@Test
	void roomWhereThereIsNone() {
		assertThat(description(RoomOfJoin.class)).contains("Parameter 2 of type io.neffos.Room", "no room is joined");
		assertThat(description(RoomOfLeft.class)).contains("no room is joined");
		assertThat(description(RoomOfConnect.class)).contains("no room is joined");
		assertThat(description(RoomOfAny.class)).contains("Optional<Room>");
	}

	@Test
	void principalOfARoom() {
		assertThat(description(PrincipalOfRoom.class)).contains("Parameter 1 of type java.security.Principal");
	}

	@Test
	void variableThatThePatternDoesNotHave() {
		assertThat(description(UnknownVariable.class)).contains("'game-{id}' has no variable 'game'");
		assertThat(description(VariableOfConnect.class)).contains("has no variable 'id'");
		assertThat(description(VariableType.class)).contains("no text can be converted");
	}

	@Test
	void validationWithoutValidator() {
		InvalidHandlerException failure = TestHandlers.failureOf(() -> TestHandlers.of(null, (context) -> {
		}, Validates.class).close());
		assertThat(failure.getDescription()).contains(Validates.class.getName(), "no Validator");
	}

	@Test
	void twoAnnotationsOnOneMethod() {
		assertThat(description(TwoAnnotations.class)).contains("#both()", "@OnRoomJoined", "@OnRoomLeft");
		assertThat(description(ConnectAndEvent.class)).contains("#both()", "@OnEvent", "@OnConnect");
		assertThat(description(ExceptionAndEvent.class)).contains("#both()", "@OnEvent", "@MessageExceptionHandler");
	}

	@Test
	void nativeMessagesInANamespace() {
		assertThat(description(NativeInChat.class)).contains("#echo(String)", "namespace 'chat'");
	}

	@Test
	void eventWithoutName() {
		assertThat(description(NoName.class)).contains("#say()", "empty name");
	}

	@Test
	void eventOfTheLibrary() {
		InvalidHandlerException failure = TestHandlers.failure(SystemEvent.class);
		assertThat(failure.getDescription()).contains("#join()", SystemEvents.ROOM_JOIN);
		assertThat(failure.getAction()).contains("@OnRoomJoin");
		assertThat(TestHandlers.failure(ComposedSystemEvent.class).getAction()).contains("@OnNamespaceConnect");
	}

	@Test
	void privateOrStaticMethod() {
		assertThat(description(PrivateMethod.class)).contains("#say()", "private or static");
		assertThat(description(StaticMethod.class)).contains("#say()", "private or static");
		assertThat(description(PrivateExceptionHandler.class)).contains("#text(", "private or static");
	}

	@Test
	void patternThatCannotBeRead() {
		assertThat(description(BadPattern.class)).contains("#join()", "'game-{id'");
	}

	@Test
	void handlerWithoutNamespace() {
		InvalidHandlerException failure = TestHandlers.failure(NoNamespace.class);
		assertThat(failure.getDescription()).contains(NoNamespace.class.getName() + "#say()", "@NeffosNamespace");
		assertThat(failure.getAction()).contains("NoNamespace");
		assertThat(description(ConnectWithoutNamespace.class)).contains("#connect()");
	}

	@Test
	void otherBeansAreLeftAlone() {
		TestHandlers.of(Stomp.class).close();
	}

	@Test
	void namespaceHiddenByTheDeclaredType() {
		assertThat(description(HidingConfiguration.class)).contains("Bean 'hidden'", Hidden.class.getName());
	}

	@Test
	void answersThatNobodyWaitsFor() {
		assertThat(description(ReturnsFuture.class)).contains("#say()", Future.class.getName());
		assertThat(description(ReturnsPublisher.class)).contains("#say()", "Publisher");
	}

	@Test
	void exceptionHandlerThatAnswersNothing() {
		assertThat(description(ExceptionNumber.class)).contains("#text(", "int");
		assertThat(description(ExceptionArgument.class)).contains("Parameter 2 of type java.lang.String");
	}

	@Test
	void exceptionHandlersThatContradictEachOther() {
		assertThat(description(AmbiguousExceptions.class)).contains(AmbiguousExceptions.class.getName())
			.contains("IllegalStateException");
	}

	@ParameterizedTest
	@ValueSource(classes = { ServletRequest.class, TwoInOne.class, NoNamespace.class })
	void everyMistakeComesWithAdvice(Class<?> bean) {
		assertThat(TestHandlers.failure(bean).getAction()).isNotBlank();
	}

	private static String description(Class<?>... beans) {
		return TestHandlers.failure(beans).getDescription();
	}

	record Named(String name) {

	}

	@NeffosNamespace("chat")
	static class TwoInOne {

		@OnEvent("say")
		void first(String body) {
		}

		@OnEvent("say")
		void second() {
		}

	}

	@NeffosNamespace("chat")
	static class Says {

		@OnEvent("say")
		void say() {
		}

	}

	@NeffosNamespace("chat")
	static class SaysToo {

		@OnEvent("say")
		void sayToo() {
		}

	}

	@NeffosNamespace("chat")
	static class SamePattern {

		@OnRoomJoin("game-{x}")
		void a(@DestinationVariable String x) {
		}

		@OnRoomJoin("game-{y}")
		void b(@DestinationVariable String y) {
		}

	}

	static class Programmatic {

		@Bean
		Namespaces programmaticChat() {
			return Namespaces.builder().namespace("chat", (events) -> events.on("say", (conn, msg) -> {
			})).build();
		}

	}

	static class ProgrammaticToo {

		@Bean
		Namespaces otherChat() {
			return Namespaces.builder().namespace("chat", (events) -> events.on("say", (conn, msg) -> {
			})).build();
		}

	}

	static class ProgrammaticRelayOff {

		@Bean
		Namespaces relayOff() {
			return Namespaces.builder().namespace("chat", (events) -> events.relay(false)).build();
		}

	}

	@NeffosNamespace(value = "chat", overflow = Overflow.DROP_OLDEST)
	static class Drops {

	}

	@NeffosNamespace(value = "chat", overflow = Overflow.CONFLATE)
	static class Conflates {

	}

	@NeffosNamespace(value = "chat", relay = Choice.ON)
	static class RelayOn {

	}

	@NeffosNamespace(value = "chat", relay = Choice.OFF)
	static class RelayOff {

	}

	@NeffosNamespace(value = "chat", roomCheck = Choice.ON)
	static class RoomCheckOn {

	}

	@NeffosNamespace(value = "chat", roomCheck = Choice.OFF)
	static class RoomCheckOff {

	}

	@NeffosNamespace("chat")
	static class ServletRequest {

		@OnEvent("say")
		void say(NSConn conn, HttpServletRequest request) {
		}

	}

	@NeffosNamespace("chat")
	static class Session {

		@OnEvent("say")
		void say(WebSocketSession session) {
		}

	}

	@NeffosNamespace("chat")
	static class Stream {

		@OnEvent("say")
		void say(InputStream stream) {
		}

	}

	@NeffosNamespace("chat")
	static class HeaderParameter {

		@OnEvent("say")
		void say(@Header("a") String header) {
		}

	}

	@NeffosNamespace("chat")
	static class RoomInfoOfMessage {

		@OnEvent("say")
		void say(RoomInfo room) {
		}

	}

	@NeffosNamespace("chat")
	static class TwoBodies {

		@OnEvent("say")
		void say(String a, NSConn conn, int b) {
		}

	}

	@NeffosNamespace("chat")
	static class PayloadAndBody {

		@OnEvent("say")
		void say(@Payload Named a, Named b) {
		}

	}

	@NeffosNamespace("chat")
	static class BodyOfJoined {

		@OnRoomJoined
		void joined(String body) {
		}

	}

	@NeffosNamespace("chat")
	static class BodyOfConnect {

		@OnConnect
		void connect(String body) {
		}

	}

	@NeffosNamespace("chat")
	static class BodyOfLeave {

		@OnRoomLeave
		void leave(@Payload Named body) {
		}

	}

	@NeffosNamespace("chat")
	static class BodyOfAny {

		@OnAnyEvent
		void any(Named body) {
		}

	}

	@NeffosNamespace("chat")
	static class RoomOfJoin {

		@OnRoomJoin
		void join(NSConn conn, Room room) {
		}

	}

	@NeffosNamespace("chat")
	static class RoomOfLeft {

		@OnRoomLeft
		void left(Room room) {
		}

	}

	@NeffosNamespace("chat")
	static class RoomOfConnect {

		@OnConnect
		void connect(Conn conn, Room room) {
		}

	}

	@NeffosNamespace("chat")
	static class RoomOfAny {

		@OnAnyEvent
		void any(Room room) {
		}

	}

	@NeffosNamespace("chat")
	static class PrincipalOfRoom {

		@OnRoomCreated
		void created(Principal user) {
		}

	}

	@NeffosNamespace("chat")
	static class UnknownVariable {

		@OnRoomJoin("game-{id}")
		void join(@DestinationVariable String game) {
		}

	}

	@NeffosNamespace("chat")
	static class VariableOfConnect {

		@OnNamespaceConnect
		void connect(@DestinationVariable String id) {
		}

	}

	@NeffosNamespace("chat")
	static class VariableType {

		@OnRoomJoin("game-{id}")
		void join(@DestinationVariable Runnable id) {
		}

	}

	@NeffosNamespace("chat")
	static class Validates {

		@OnEvent("say")
		void say(@Valid Named body) {
		}

	}

	@NeffosNamespace("chat")
	static class TwoAnnotations {

		@OnRoomJoined
		@OnRoomLeft
		void both() {
		}

	}

	@NeffosNamespace("chat")
	static class ConnectAndEvent {

		@OnConnect
		@OnEvent("say")
		void both() {
		}

	}

	@NeffosNamespace("chat")
	static class ExceptionAndEvent {

		@OnEvent("say")
		@MessageExceptionHandler(IllegalStateException.class)
		void both() {
		}

	}

	@NeffosNamespace("chat")
	static class NativeInChat {

		@OnNativeMessage
		void echo(String text) {
		}

	}

	@NeffosNamespace("chat")
	static class NoName {

		@OnEvent("")
		void say() {
		}

	}

	@NeffosNamespace("chat")
	static class SystemEvent {

		@OnEvent(SystemEvents.ROOM_JOIN)
		void join() {
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@OnEvent(value = SystemEvents.NAMESPACE_CONNECT, room = "vip")
	@interface PatternOnNamespaceEvent {

	}

	@NeffosNamespace("chat")
	static class ComposedSystemEvent {

		@PatternOnNamespaceEvent
		void connect() {
		}

	}

	@NeffosNamespace("chat")
	@SuppressWarnings("unused")
	static class PrivateMethod {

		@OnEvent("say")
		private void say() {
		}

	}

	@NeffosNamespace("chat")
	static class StaticMethod {

		@OnEvent("say")
		static void say() {
		}

	}

	@NeffosNamespace("chat")
	@SuppressWarnings("unused")
	static class PrivateExceptionHandler {

		@MessageExceptionHandler
		private String text(IllegalStateException ex) {
			return "";
		}

	}

	@NeffosNamespace("chat")
	static class BadPattern {

		@OnRoomJoin("game-{id")
		void join() {
		}

	}

	static class NoNamespace {

		@OnEvent("say")
		void say() {
		}

	}

	static class ConnectWithoutNamespace {

		@OnConnect
		void connect() {
		}

	}

	@SuppressWarnings("unused")
	static class Stomp {

		@MessageExceptionHandler
		private String text(IllegalStateException ex) {
			return "";
		}

	}

	interface Visible {

	}

	@NeffosNamespace("chat")
	static class Hidden implements Visible {

		@OnEvent("say")
		void say() {
		}

	}

	static class HidingConfiguration {

		@Bean
		Visible hidden() {
			return new Hidden();
		}

	}

	@NeffosNamespace("chat")
	static class ReturnsFuture {

		@OnEvent("say")
		Future<String> say() {
			throw new IllegalStateException();
		}

	}

	@NeffosNamespace("chat")
	static class ReturnsPublisher {

		@OnEvent("say")
		Publisher<String> say() {
			throw new IllegalStateException();
		}

	}

	@NeffosNamespace("chat")
	static class ExceptionNumber {

		@MessageExceptionHandler
		int text(IllegalStateException ex) {
			return 1;
		}

	}

	@NeffosNamespace("chat")
	static class ExceptionArgument {

		@MessageExceptionHandler
		String text(IllegalStateException ex, String body) {
			return body;
		}

	}

	@NeffosNamespace("chat")
	static class AmbiguousExceptions {

		@MessageExceptionHandler
		String a(IllegalStateException ex) {
			return "";
		}

		@MessageExceptionHandler
		String b(IllegalStateException ex) {
			return "";
		}

	}

}
