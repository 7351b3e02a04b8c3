package io.neffos.test;

import org.jspecify.annotations.Nullable;

/**
 * The answer to an ask of the client. Each method waits for it at most as long as the
 * tester's patience. Safe for concurrent use.
 *
 * @since 0.1.0
 */
public final class TestReply {

	private final Wire wire;

	private final Answer answer;

	TestReply(Wire wire, Answer answer) {
		this.wire = wire;
		this.answer = answer;
	}

	/**
	 * Expect an answer that is no refusal, with a body.
	 * @param body the body, see {@link TestMessage#body}
	 * @return the answer
	 * @throws AssertionError if the ask is refused, the body is another, or nothing comes
	 */
	public TestMessage expect(@Nullable Object body) {
		this.answer.expectBody(body);
		return message();
	}

	/**
	 * Expect a refusal.
	 * @param text its text
	 * @throws AssertionError if the ask is answered, refused with another text, or
	 * nothing comes
	 */
	public void expectRefused(String text) {
		this.answer.expectRefused(text);
	}

	/**
	 * The text of a refusal, when it is not known beforehand.
	 * @return the text
	 * @throws AssertionError if the ask is answered, or nothing comes
	 */
	public String refusal() {
		return this.answer.refusal("Expected " + this.answer.question() + " to be refused");
	}

	/**
	 * The body as text.
	 * @return the body read as UTF-8
	 * @throws AssertionError if the ask is refused, or nothing comes
	 */
	public String text() {
		return message().text();
	}

	/**
	 * The body as bytes.
	 * @return a copy
	 * @throws AssertionError if the ask is refused, or nothing comes
	 */
	public byte[] bytes() {
		return message().bytes();
	}

	/**
	 * The body as an object.
	 * @param <T> the type wanted
	 * @param type the type wanted
	 * @return what the tester's codec reads
	 * @throws AssertionError if the ask is refused, the codec cannot read the body, or
	 * nothing comes
	 */
	public <T> T as(Class<T> type) {
		return message().as(type);
	}

	/**
	 * The whole answer.
	 * @return the answer
	 * @throws AssertionError if the ask is refused, or nothing comes
	 */
	public TestMessage message() {
		return new TestMessage(this.wire, this.answer.expectAccepted());
	}

}
