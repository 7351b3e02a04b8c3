package io.neffos.test;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

import io.neffos.SystemEvents;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a {@link TestConn}, seen from the client. Safe for concurrent use;
 * methods that wait do so at most as long as the tester's patience.
 *
 * @since 0.1.0
 */
public final class TestNamespace {

	private final TestConn conn;

	private final Wire wire;

	private final String name;

	private final Channel channel;

	private final Inbox inbox;

	private final Requests requests;

	TestNamespace(TestConn conn, Wire wire, String name) {
		this.conn = conn;
		this.wire = wire;
		this.name = name;
		this.channel = wire.channel(name);
		this.inbox = new Inbox(wire, name, this.channel);
		this.requests = new Requests(wire, name, this.channel);
	}

	/**
	 * The name.
	 * @return the name of the namespace
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The connection.
	 * @return the connection
	 */
	public TestConn conn() {
		return this.conn;
	}

	/**
	 * Whether the client takes itself for connected.
	 * @return {@code true} between the connect and the disconnect, whoever asked for them
	 */
	public boolean isConnected() {
		return this.wire.locked(this.channel::isConnected);
	}

	/**
	 * The rooms that the client takes itself to be in, whoever asked for it.
	 * @return a snapshot of their names, in the order in which they were joined
	 */
	public Set<String> rooms() {
		return this.wire.locked(() -> Collections.unmodifiableSet(new LinkedHashSet<>(this.channel.rooms())));
	}

	/**
	 * A room, joined or not.
	 * @param room its name
	 * @return the room
	 */
	public TestRoom room(String room) {
		return new TestRoom(this, room);
	}

	/**
	 * Join a room, and wait for the answer.
	 * @param room its name
	 * @return the room
	 * @throws AssertionError if it is refused
	 */
	public TestRoom join(String room) {
		this.requests.join(room).expectAccepted();
		return room(room);
	}

	/**
	 * Ask to join a room, and expect a refusal.
	 * @param room its name
	 * @param text the text of the refusal
	 * @throws AssertionError if it is accepted, or refused with another text
	 */
	public void expectRefusedJoin(String room, String text) {
		this.requests.join(room).expectRefused(text);
	}

	/**
	 * Disconnect from the namespace, and wait for the answer.
	 * @throws AssertionError if it is refused
	 */
	public void disconnect() {
		this.requests.disconnect().expectAccepted();
	}

	/**
	 * Ask to disconnect from the namespace, and expect a refusal.
	 * @param text the text of the refusal
	 * @throws AssertionError if it is accepted, or refused with another text
	 */
	public void expectRefusedDisconnect(String text) {
		this.requests.disconnect().expectRefused(text);
	}

	/**
	 * Send an event. Does not wait for its handler, see {@link NeffosTester#settle()}.
	 * @param event its name
	 * @param body text, bytes that are UTF-8, an object for the tester's codec, or
	 * {@code null} for none
	 * @return this namespace
	 */
	public TestNamespace emit(String event, @Nullable Object body) {
		emit("", event, body, false);
		return this;
	}

	/**
	 * Send an event with a binary body.
	 * @param event its name
	 * @param body the body
	 * @return this namespace
	 */
	public TestNamespace emitBinary(String event, byte[] body) {
		emit("", event, body, true);
		return this;
	}

	void emit(String room, String event, @Nullable Object body, boolean binary) {
		this.wire.send(Frame.event(this.name, room, event, this.wire.bodies().encode(body), binary));
	}

	/**
	 * Ask the server. Does not wait; the methods of the reply do.
	 * @param event the event
	 * @param body text, bytes that are UTF-8, an object for the tester's codec, or
	 * {@code null} for none
	 * @return the reply, to be waited for
	 */
	public TestReply ask(String event, @Nullable Object body) {
		return ask("", event, body);
	}

	TestReply ask(String room, String event, @Nullable Object body) {
		return new TestReply(this.wire, this.wire.ask(this.name, room, event, body, "the ask '" + event + "'", () -> {
		}));
	}

	/**
	 * Expect that the next message of this namespace, in whatever room, is of an event.
	 * @param event the event
	 * @return the message, which is taken
	 * @throws AssertionError if another one is next, or none comes
	 */
	public TestMessage expect(String event) {
		return this.inbox.expect(null, event);
	}

	/**
	 * Expect that the next message of this namespace, in whatever room, is of an event
	 * and has a body.
	 * @param event the event
	 * @param body the body, see {@link TestMessage#body}
	 * @return the message, which is taken
	 * @throws AssertionError if another one is next, its body another, or none comes
	 */
	public TestMessage expect(String event, @Nullable Object body) {
		return expect(event).body(body);
	}

	/**
	 * Expect a message of an event, in whatever room, now or later, and pass over what
	 * came before it in the namespace. Asks of the server are not passed over.
	 * @param event the event
	 * @return the message, which is taken
	 * @throws AssertionError if none comes; then nothing is passed over
	 */
	public TestMessage skipTo(String event) {
		return skipTo(event, (message) -> true);
	}

	/**
	 * Like {@link #skipTo(String)}, for a message that meets a condition.
	 * @param event the event
	 * @param condition is called for each such message, perhaps more than once
	 * @return the message, which is taken
	 * @throws AssertionError if none comes; then nothing is passed over
	 */
	public TestMessage skipTo(String event, Predicate<TestMessage> condition) {
		return this.inbox.skipTo(null, event, condition);
	}

	/**
	 * Expect that the next message of this namespace is an ask of the server.
	 * @param event the event
	 * @return the ask, to be answered
	 * @throws AssertionError if something else is next, or nothing comes
	 */
	public TestAsk expectAsk(String event) {
		return this.inbox.expectAsk(event);
	}

	/**
	 * From now on answer asks of an event at once. They are not kept to be expected.
	 * @param event the event
	 * @param body the answer: text, bytes that are UTF-8, an object for the tester's
	 * codec, or {@code null} for an empty one
	 * @return this namespace
	 */
	public TestNamespace answer(String event, @Nullable Object body) {
		this.requests.answer(event, body);
		return this;
	}

	/**
	 * Expect that the server asks to join a room; perhaps it has already. Requests are
	 * not in order with messages.
	 * @param room its name
	 * @return the room
	 * @throws AssertionError if the server does not ask
	 */
	public TestRoom expectJoin(String room) {
		this.requests.expect(SystemEvents.ROOM_JOIN, room);
		return room(room);
	}

	/**
	 * From now on refuse when the server asks to join a room.
	 * @param room its name
	 * @param text the text of the refusal
	 * @return this namespace
	 */
	public TestNamespace refuseJoin(String room, String text) {
		this.requests.refuse(SystemEvents.ROOM_JOIN, room, text);
		return this;
	}

	/**
	 * Expect that the server asks to leave a room, which a client cannot refuse; perhaps
	 * it has already.
	 * @param room its name
	 * @throws AssertionError if the server does not ask
	 */
	public void expectLeave(String room) {
		this.requests.expect(SystemEvents.ROOM_LEAVE, room);
	}

	/**
	 * Expect that the server asks to disconnect from this namespace, which a client
	 * cannot refuse; perhaps it has already.
	 * @throws AssertionError if the server does not ask
	 */
	public void expectDisconnect() {
		this.requests.expect(SystemEvents.NAMESPACE_DISCONNECT, "");
	}

	/**
	 * {@linkplain NeffosTester#settle() Settle} all connections of the tester, then
	 * expect that this namespace has no messages that were not expected. Requests to
	 * connect, join, leave or disconnect are not messages.
	 * @throws AssertionError if there is one
	 */
	public void expectNoMore() {
		this.conn.settle();
		this.inbox.expectEmpty();
	}

	Inbox inbox() {
		return this.inbox;
	}

	Requests requests() {
		return this.requests;
	}

	/**
	 * The name and the connection.
	 */
	@Override
	public String toString() {
		return "TestNamespace[" + this.name + ", " + this.conn + "]";
	}

}
