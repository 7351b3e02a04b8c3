package io.neffos.handler;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.validation.annotation.Validated;

import io.neffos.Conn;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.NeffosServer;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.Room;
import io.neffos.SystemEvents;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnAnyEvent;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnNamespaceDisconnect;
import io.neffos.annotation.OnRoomJoin;
import io.neffos.annotation.OnRoomLeave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What handlers are called with, and what becomes of what they return.
 */
class HandlerArgumentsTests {

	@Test
	void handlerIsCalledWithWhatThereIs() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Everything.class)) {
			Principal user = () -> "ann";
			Room room = handlers.principal(user).joined("lobby");
			Message message = Message.of("all", "{\"text\":\"hi\"}").namespace("chat").room("lobby");
			assertThat(handlers.send(message)).asInstanceOf(InstanceOfAssertFactories.LIST)
				.containsExactly(handlers.conn, handlers.nsConn, room, message, handlers.conn.handshake(),
						handlers.server, user, new Line("hi"));
		}
	}

	@Test
	void bodyIsReadAsWhatIsWanted() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Bodies.class)) {
			assertThat(handlers.send("text", "{\"raw\":1}")).isEqualTo("{\"raw\":1}");
			assertThat(handlers.send("bytes", new byte[] { 1, 2 })).isEqualTo(new byte[] { 1, 2 });
			assertThat(handlers.send("line", "{\"text\":\"x\"}")).isEqualTo(new Line("x"));
			assertThat(handlers.send("lines", "[{\"text\":\"x\"},{\"text\":\"y\"}]"))
				.isEqualTo(List.of(new Line("x"), new Line("y")));
			assertThat(handlers.send("map", "{\"a\":1}")).isEqualTo(Map.of("a", 1));
			assertThat(handlers.send("number", "42")).isEqualTo(42);
			assertThat(handlers.send("optional", "{\"text\":\"x\"}")).isEqualTo(Optional.of(new Line("x")));
			assertThat(handlers.send("nullable", "{\"text\":\"x\"}")).isEqualTo(new Line("x"));
		}
	}

	@Test
	void absentBodyIsToleratedWhereTheParameterSaysSo() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Bodies.class)) {
			assertThat(handlers.send("text", null)).isEqualTo("");
			assertThat(handlers.send("bytes", null)).isEqualTo(new byte[0]);
			assertThat(handlers.send("optional", null)).isEqualTo(Optional.empty());
			assertThat(handlers.send("nullable", null)).isEqualTo("nothing");
			assertThat(handlers.send("notRequired", null)).isEqualTo("nothing");
			assertRefused(handlers, Message.of("line"), "invalid payload");
		}
	}

	@Test
	void bodyThatCannotBeReadIsRefused() {
		try (TestHandlers handlers = TestHandlers.of(Bodies.class)) {
			assertRefused(handlers, Message.of("line", "{"), "invalid payload");
			assertRefused(handlers, Message.of("number", "four"), "invalid payload");
		}
	}

	@Test
	void bodyIsValidated() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Bodies.class)) {
			assertThat(handlers.send("valid", "{\"name\":\"ann\"}")).isEqualTo("ann");
			assertRefused(handlers, Message.of("valid", "{\"name\":\"\"}"), "invalid payload");
			assertRefused(handlers, Message.of("validated", "{\"name\":\"\"}"), "invalid payload");
			assertThat(handlers.send("unchecked", "{\"name\":\"\"}")).isEqualTo("");
		}
	}

	@Test
	void roomThatIsNotJoinedIsRefusedUnlessOptional() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Rooms.class)) {
			assertRefused(handlers, Message.of("joined").room("vip"), "bad room");
			assertRefused(handlers, Message.of("joined"), "bad room");
			assertThat(handlers.sendTo("vip", "optional", null)).isEqualTo(Optional.empty());
			assertThat(handlers.sendTo("vip", "nullable", null)).isEqualTo("none");
			Room room = handlers.joined("vip");
			assertThat(handlers.sendTo("vip", "joined", null)).isSameAs(room);
			assertThat(handlers.sendTo("vip", "optional", null)).isEqualTo(Optional.of(room));
			assertThat(handlers.sendTo("vip", "nullable", null)).isSameAs(room);
		}
	}

	@Test
	void roomVariablesAreBoundAndConverted() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Rooms.class)) {
			assertThat(handlers.sendTo("game-7", SystemEvents.ROOM_JOIN, null)).isEqualTo(8L);
			assertRefused(handlers, Message.of(SystemEvents.ROOM_JOIN).room("game-x"), "bad room");
		}
	}

	@Test
	void principalIsWhatItReallyIsAndMayBeAbsent() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Principals.class)) {
			assertRefused(handlers, Message.of("who"), "not authenticated");
			assertThat(handlers.send("maybe", null)).isEqualTo(Optional.empty());
			assertThat(handlers.send("nullable", null)).isEqualTo("nobody");
			handlers.principal(new Token("ann"));
			assertThat(handlers.send("who", null)).isEqualTo("ann");
			assertThat(handlers.send("token", null)).isEqualTo("ann");
			handlers.principal(() -> "bob");
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handlers.send("token", null))
				.withMessageContaining("not a " + Token.class.getName());
		}
	}

	@Test
	void resolversOfTheApplicationComeFirst() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Custom.class, TokenResolver.class)) {
			assertThat(handlers.send("token", null)).isEqualTo("resolved for chat and token");
		}
	}

	@Test
	void returnValuesAreHandedOn() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Returns.class)) {
			assertThat(handlers.send("nothing", null)).isNull();
			assertThat(handlers.send("null", null)).isNull();
			assertThat(handlers.send("text", null)).isEqualTo("yes");
			assertThat(handlers.send("reply", null)).isEqualTo(Reply.empty());
			assertThat(handlers.send("object", null)).isEqualTo(new Line("x"));
			assertThat(handlers.send("future", null)).isSameAs(Returns.FUTURE);
		}
	}

	@Test
	void endOfAConnectionNeedsNoBody() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Ends.class)) {
			assertThat(handlers.send(Message.of(SystemEvents.NAMESPACE_DISCONNECT))).isEqualTo("left ");
			handlers.joined("vip");
			assertThat(handlers.sendTo("vip", SystemEvents.ROOM_LEAVE, null)).isEqualTo(Optional.empty());
			assertThat(handlers.send("else", null)).isEqualTo("no room");
		}
	}

	private static void assertRefused(TestHandlers handlers, Message message, String text) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> handlers.send(message)).withMessage(text);
	}

	record Line(String text) {

	}

	record Named(@NotBlank String name) {

	}

	record Token(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

	@NeffosNamespace("chat")
	static class Everything {

		@OnEvent("all")
		List<Object> all(Conn conn, NSConn nsConn, Room room, Message message, HandshakeInfo handshake,
				NeffosServer server, Principal user, Line line) {
			return List.of(conn, nsConn, room, message, handshake, server, user, line);
		}

	}

	@NeffosNamespace("chat")
	static class Bodies {

		@OnEvent("text")
		String text(String body) {
			return body;
		}

		@OnEvent("bytes")
		byte[] bytes(@Payload byte[] body) {
			return body;
		}

		@OnEvent("line")
		Line line(NSConn conn, @Payload Line body) {
			return body;
		}

		@OnEvent("lines")
		List<Line> lines(List<Line> body) {
			return body;
		}

		@OnEvent("map")
		Map<String, Object> map(Map<String, Object> body) {
			return body;
		}

		@OnEvent("number")
		int number(int body) {
			return body;
		}

		@OnEvent("optional")
		Optional<Line> optional(Optional<Line> body) {
			return body;
		}

		@OnEvent("nullable")
		Object nullable(@Nullable Line body) {
			return (body != null) ? body : "nothing";
		}

		@OnEvent("notRequired")
		Object notRequired(@Payload(required = false) Line body) {
			return (body != null) ? body : "nothing";
		}

		@OnEvent("valid")
		String valid(@Valid Named body) {
			return body.name();
		}

		@OnEvent("validated")
		String validated(@Payload @Validated Named body) {
			return body.name();
		}

		@OnEvent("unchecked")
		String unchecked(Named body) {
			return body.name();
		}

	}

	@NeffosNamespace("chat")
	static class Rooms {

		@OnEvent("joined")
		Room joined(Room room) {
			return room;
		}

		@OnEvent("optional")
		Optional<Room> optional(Optional<Room> room) {
			return room;
		}

		@OnEvent("nullable")
		Object nullable(@Nullable Room room) {
			return (room != null) ? room : "none";
		}

		@OnRoomJoin("game-{id}")
		Long join(@DestinationVariable long id) {
			return id + 1;
		}

	}

	@NeffosNamespace("chat")
	static class Principals {

		@OnEvent("who")
		String who(Principal user) {
			return user.getName();
		}

		@OnEvent("maybe")
		Optional<Principal> maybe(Optional<Principal> user) {
			return user;
		}

		@OnEvent("nullable")
		String nullable(@Nullable Principal user) {
			return (user != null) ? user.getName() : "nobody";
		}

		@OnEvent("token")
		String token(Token user) {
			return user.getName();
		}

	}

	@NeffosNamespace("chat")
	static class Custom {

		@OnEvent("token")
		String token(Token token) {
			return token.getName();
		}

	}

	static class TokenResolver implements HandlerMethodArgumentResolver {

		@Override
		public boolean supportsParameter(MethodParameter parameter) {
			return parameter.getParameterType() == Token.class;
		}

		@Override
		public Object resolveArgument(MethodParameter parameter, org.springframework.messaging.Message<?> message) {
			NSConn conn = NeffosHeaders.nsConn(message);
			Message received = NeffosHeaders.message(message);
			assertThat(conn).isNotNull();
			assertThat(received).isNotNull();
			assertThat(NeffosHeaders.conn(message)).isSameAs(conn.conn());
			return new Token("resolved for " + conn.namespace() + " and " + received.event());
		}

	}

	@NeffosNamespace("chat")
	static class Returns {

		static final CompletableFuture<String> FUTURE = new CompletableFuture<>();

		@OnEvent("nothing")
		void nothing() {
		}

		@OnEvent("null")
		@Nullable String nullValue() {
			return null;
		}

		@OnEvent("text")
		String text() {
			return "yes";
		}

		@OnEvent("reply")
		Reply reply() {
			return Reply.empty();
		}

		@OnEvent("object")
		Line object() {
			return new Line("x");
		}

		@OnEvent("future")
		CompletableFuture<String> future() {
			return FUTURE;
		}

	}

	@NeffosNamespace("chat")
	static class Ends {

		@OnNamespaceDisconnect
		String disconnect(String reason) {
			return "left " + reason;
		}

		@OnRoomLeave
		Optional<Line> leave(Room room, Optional<Line> reason) {
			return reason;
		}

		@OnAnyEvent
		String any(@Nullable Room room) {
			return (room != null) ? room.name() : "no room";
		}

	}

}
