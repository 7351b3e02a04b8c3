package io.neffos.test;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A room of a {@link TestNamespace}, seen from the client. Safe for concurrent use;
 * methods that wait do so at most as long as the tester's patience.
 *
 * @since 0.1.0
 */
public final class TestRoom {

	private final TestNamespace namespace;

	private final String name;

	TestRoom(TestNamespace namespace, String name) {
		this.namespace = namespace;
		this.name = name;
	}

	/**
	 * The name.
	 * @return the name of the room
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The namespace.
	 * @return the namespace of the room
	 */
	public TestNamespace namespace() {
		return this.namespace;
	}

	/**
	 * Whether the client takes itself to be in the room.
	 * @return {@code true} between the join and the leave, whoever asked for them
	 */
	public boolean isJoined() {
		return this.namespace.rooms().contains(this.name);
	}

	/**
	 * Send an event to the room. Does not wait for its handler.
	 * @param event its name
	 * @param body text, bytes that are UTF-8, an object for the tester's codec, or
	 * {@code null} for none
	 * @return this room
	 */
	public TestRoom emit(String event, @Nullable Object body) {
		this.namespace.emit(this.name, event, body, false);
		return this;
	}

	/**
	 * Send an event with a binary body to the room.
	 * @param event its name
	 * @param body the body
	 * @return this room
	 */
	public TestRoom emitBinary(String event, byte[] body) {
		this.namespace.emit(this.name, event, body, true);
		return this;
	}

	/**
	 * Ask the server, in this room. Does not wait; the methods of the reply do.
	 * @param event the event
	 * @param body text, bytes that are UTF-8, an object for the tester's codec, or
	 * {@code null} for none
	 * @return the reply, to be waited for
	 */
	public TestReply ask(String event, @Nullable Object body) {
		return this.namespace.ask(this.name, event, body);
	}

	/**
	 * Expect that the next message of the namespace is in this room and of an event.
	 * @param event the event
	 * @return the message, which is taken
	 * @throws AssertionError if another one is next, or none comes
	 */
	public TestMessage expect(String event) {
		return this.namespace.inbox().expect(this.name, event);
	}

	/**
	 * Expect that the next message of the namespace is in this room, of an event, and has
	 * a body.
	 * @param event the event
	 * @param body the body, see {@link TestMessage#body}
	 * @return the message, which is taken
	 * @throws AssertionError if another one is next, its body another, or none comes
	 */
	public TestMessage expect(String event, @Nullable Object body) {
		return expect(event).body(body);
	}

	/**
	 * Expect a message of an event in this room, now or later, and pass over what came
	 * before it in the namespace. Asks of the server are not passed over.
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
		return this.namespace.inbox().skipTo(this.name, event, condition);
	}

	/**
	 * Leave the room, and wait for the answer.
	 * @throws AssertionError if it is refused
	 */
	public void leave() {
		this.namespace.requests().leave(this.name).expectAccepted();
	}

	/**
	 * Ask to leave the room, and expect a refusal.
	 * @param text the text of the refusal
	 * @throws AssertionError if it is accepted, or refused with another text
	 */
	public void expectRefusedLeave(String text) {
		this.namespace.requests().leave(this.name).expectRefused(text);
	}

	/**
	 * The name and the namespace.
	 */
	@Override
	public String toString() {
		return "TestRoom[" + this.name + ", " + this.namespace + "]";
	}

}
