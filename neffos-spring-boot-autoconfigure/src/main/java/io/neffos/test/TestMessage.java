package io.neffos.test;

import io.neffos.NeffosException;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A message of the server that was expected and came. Immutable; never waits. The checks
 * return the message, so that they can follow each other.
 *
 * @since 0.1.0
 */
public final class TestMessage {

	private final Wire wire;

	private final Frame frame;

	TestMessage(Wire wire, Frame frame) {
		this.wire = wire;
		this.frame = frame;
	}

	/**
	 * Check the body.
	 * @param expected text or bytes, which must be the same; {@code null} for an empty
	 * body; or an object, which the tester's codec must write as this body, or to which
	 * the body must be equal when the codec reads it as one of its class
	 * @return this message
	 * @throws AssertionError if the body is another, or this is an error message
	 */
	public TestMessage body(@Nullable Object expected) {
		if (this.frame.error() || !this.wire.bodies().isEqual(expected, this.frame.body())) {
			throw this.wire.failure("Expected a message with the body\n  " + Bodies.describe(expected)
					+ "\nbut the message was\n  " + Transcript.describe(this.frame));
		}
		return this;
	}

	/**
	 * Check the room.
	 * @param expected its name, or an empty text for a message of no room
	 * @return this message
	 * @throws AssertionError if the room is another
	 */
	public TestMessage inRoom(String expected) {
		if (!this.frame.room().equals(expected)) {
			throw this.wire.failure("Expected a message in the room\n  " + Transcript.quote(expected)
					+ "\nbut the message was\n  " + Transcript.describe(this.frame));
		}
		return this;
	}

	/**
	 * Check that this is an error message, and its text.
	 * @param expected the text
	 * @return this message
	 * @throws AssertionError if this is no error message, or its text is another
	 */
	public TestMessage error(String expected) {
		if (!this.frame.error() || !text().equals(expected)) {
			throw this.wire.failure("Expected an error message with the text\n  " + Transcript.quote(expected)
					+ "\nbut the message was\n  " + Transcript.describe(this.frame));
		}
		return this;
	}

	/**
	 * The event.
	 * @return its name
	 */
	public String event() {
		return this.frame.event();
	}

	/**
	 * The room.
	 * @return its name, empty when the message is of no room
	 */
	public String room() {
		return this.frame.room();
	}

	/**
	 * Whether this is an error message.
	 * @return {@code true} if {@link #text()} is the text of an error
	 */
	public boolean isError() {
		return this.frame.error();
	}

	/**
	 * Whether the message came as a binary one.
	 * @return {@code false} for text
	 */
	public boolean isBinary() {
		return this.frame.binary();
	}

	/**
	 * The body as text.
	 * @return the body, or the text of an error, read as UTF-8
	 */
	public String text() {
		return this.frame.bodyText();
	}

	/**
	 * The body as bytes.
	 * @return a copy
	 */
	public byte[] bytes() {
		return this.frame.body().clone();
	}

	/**
	 * The body as an object.
	 * @param <T> the type wanted
	 * @param type the type wanted
	 * @return what the tester's codec reads
	 * @throws AssertionError if the codec cannot read the body, or this is an error
	 * message
	 */
	public <T> T as(Class<T> type) {
		String expected = "Expected a message whose body is a " + type.getSimpleName() + "\nbut the message was\n  "
				+ Transcript.describe(this.frame);
		if (this.frame.error()) {
			throw this.wire.failure(expected);
		}
		try {
			return this.wire.bodies().decode(this.frame.body(), type);
		}
		catch (NeffosException ex) {
			AssertionError failure = this.wire.failure(expected + "\nand " + ex.getMessage());
			failure.initCause(ex);
			throw failure;
		}
	}

	Frame frame() {
		return this.frame;
	}

	/**
	 * Where it belongs, its event, and its body, abbreviated.
	 */
	@Override
	public String toString() {
		return "TestMessage[" + Transcript.describe(this.frame) + "]";
	}

}
