package io.neffos.test;

import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** The answer to something that was asked, once it is there. Guarded by its wire. */
final class Answer {

	private final Wire wire;

	private final String question;

	private final Runnable onSuccess;

	private @Nullable Frame frame;

	/**
	 * Create an answer that is not there.
	 * @param wire where it will come from
	 * @param question what was asked, for failures
	 * @param onSuccess what happens on the reading thread when it is no error
	 */
	Answer(Wire wire, String question, Runnable onSuccess) {
		this.wire = wire;
		this.question = question;
		this.onSuccess = onSuccess;
	}

	/**
	 * Take the answer.
	 * @return {@code false} if there was one before
	 */
	boolean arrived(Frame answer) {
		if (this.frame != null) {
			return false;
		}
		this.frame = answer;
		if (!answer.error()) {
			this.onSuccess.run();
		}
		return true;
	}

	@Nullable Frame now() {
		return this.frame;
	}

	/** Wait for the answer. */
	Frame await() {
		return this.wire.await("an answer to " + this.question, this::now);
	}

	/** Wait for the answer, or for the end of the connection. */
	void awaitUnlessClosed() {
		if (this.wire.awaitUntil(this::now, true) == null && this.wire.isOpen()) {
			throw this.wire.missing("an answer to " + this.question);
		}
	}

	/** Wait for an answer that is no error. */
	Frame expectAccepted() {
		Frame answer = await();
		if (answer.error()) {
			throw this.wire.failure("Expected " + this.question
					+ " to be accepted, but it was refused with the text\n  " + Transcript.quote(answer.bodyText()));
		}
		return answer;
	}

	/** Wait for an error. */
	void expectRefused(String text) {
		String expected = "Expected " + this.question + " to be refused with the text\n  " + Transcript.quote(text);
		String refusal = refusal(expected);
		if (!refusal.equals(text)) {
			throw this.wire.failure(expected + "\nbut the text was\n  " + Transcript.quote(refusal));
		}
	}

	/** Wait for an error, whose text it is. */
	String refusal(String expected) {
		Frame answer = await();
		if (!answer.error()) {
			throw this.wire.failure(expected + "\nbut it was accepted"
					+ ((answer.body().length == 0) ? "" : " with the body\n  " + Transcript.body(answer)));
		}
		return answer.bodyText();
	}

	String question() {
		return this.question;
	}

	/** Wait for a body. */
	void expectBody(@Nullable Object body) {
		Frame answer = expectAccepted();
		if (!this.wire.bodies().isEqual(body, answer.body())) {
			throw this.wire.failure("Expected the answer to " + this.question + " to be\n  " + Bodies.describe(body)
					+ "\nbut it was\n  " + Transcript.body(answer));
		}
	}

	Wire wire() {
		return this.wire;
	}

}
