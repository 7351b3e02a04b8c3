package io.neffos.test;

import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/**
 * An ask of the server, which waits for an answer of the test. Safe for concurrent use;
 * never waits.
 *
 * @since 0.1.0
 */
public final class TestAsk {

	private final Wire wire;

	private final Frame frame;

	private final AtomicBoolean answered = new AtomicBoolean();

	TestAsk(Wire wire, Frame frame) {
		this.wire = wire;
		this.frame = frame;
	}

	/**
	 * What is asked, to be checked and read.
	 * @return the message
	 */
	public TestMessage message() {
		return new TestMessage(this.wire, this.frame);
	}

	/**
	 * The body as text.
	 * @return the body read as UTF-8
	 */
	public String text() {
		return message().text();
	}

	/**
	 * The body as an object.
	 * @param <T> the type wanted
	 * @param type the type wanted
	 * @return what the tester's codec reads
	 * @throws AssertionError if the codec cannot read the body
	 */
	public <T> T as(Class<T> type) {
		return message().as(type);
	}

	/**
	 * Answer.
	 * @param body text, bytes, an object for the tester's codec, or {@code null} for an
	 * empty answer; bytes that are not UTF-8 only if the server asked with a binary
	 * message, whose answer is binary too
	 * @throws IllegalStateException if it is answered already
	 */
	public void reply(@Nullable Object body) {
		byte[] bytes = this.wire.bodies().encode(body);
		answer(Frame.reply(this.frame, bytes, this.frame.binary()));
	}

	/**
	 * Answer with an error.
	 * @param text its text
	 * @throws IllegalStateException if it is answered already
	 */
	public void refuse(String text) {
		answer(Frame.error(this.frame, text));
	}

	private void answer(Frame answer) {
		if (!this.answered.compareAndSet(false, true)) {
			throw new IllegalStateException("The ask '" + this.frame.event() + "' is answered already");
		}
		this.wire.send(answer);
	}

	/**
	 * Where it belongs, its event, and its body, abbreviated.
	 */
	@Override
	public String toString() {
		return "TestAsk[" + Transcript.describe(this.frame) + "]";
	}

}
