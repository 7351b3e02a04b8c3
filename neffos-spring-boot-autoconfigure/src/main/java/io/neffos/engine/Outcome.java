package io.neffos.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.NeffosException;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.protocol.ErrorTexts;
import org.jspecify.annotations.Nullable;

/**
 * What came of a handler.
 *
 * @param kind which of the five it is
 * @param body the body of an answer
 * @param text the error text for the peer
 * @param failure what was thrown
 */
record Outcome(Kind kind, @Nullable Object body, String text, @Nullable Throwable failure) {

	static final CompletableFuture<Outcome> UNHANDLED = done(new Outcome(Kind.UNHANDLED, null, "", null));

	static final CompletableFuture<Outcome> NOTHING = done(new Outcome(Kind.NOTHING, null, "", null));

	private static CompletableFuture<Outcome> done(Outcome outcome) {
		return CompletableFuture.completedFuture(outcome);
	}

	/** The outcome of a value, which is no future. */
	static Outcome ofValue(@Nullable Object value) {
		if (value == null) {
			return NOTHING.join();
		}
		return new Outcome(Kind.REPLY, (value instanceof Reply reply) ? reply.body() : value, "", null);
	}

	/** The outcome of an exception. */
	static Outcome ofFailure(Throwable thrown, boolean includeMessage) {
		Throwable failure = unwrap(thrown);
		if (failure instanceof RefusedException || failure instanceof BadNamespaceException
				|| failure instanceof BadRoomException) {
			String text = (failure instanceof RefusedException) ? failure.getMessage()
					: (failure instanceof BadRoomException) ? ErrorTexts.BAD_ROOM : ErrorTexts.BAD_NAMESPACE;
			return new Outcome(Kind.REFUSED, null, ErrorTexts.orUnspecified((text != null) ? text : ""), failure);
		}
		String message = includeMessage ? failure.getMessage() : null;
		return new Outcome(Kind.FAILED, null,
				(message != null && !message.isEmpty()) ? message : ErrorTexts.INTERNAL_ERROR, failure);
	}

	private static Throwable unwrap(Throwable thrown) {
		Throwable result = thrown;
		while ((result instanceof CompletionException || result instanceof ExecutionException)
				&& result.getCause() != null) {
			result = result.getCause();
		}
		return result;
	}

	/** Whether the answer is no. */
	boolean isRefusal() {
		return this.kind == Kind.REFUSED || this.kind == Kind.FAILED;
	}

	/** The exception for a caller on this side. */
	NeffosException toException() {
		if (this.failure instanceof NeffosException known) {
			return known;
		}
		return new NeffosException("A handler of this side failed", this.failure);
	}

	enum Kind {

		/** There was no handler. */
		UNHANDLED,

		/** It ran and has nothing to say. */
		NOTHING,

		/** It answered. */
		REPLY,

		/** It said no, in words for the peer. */
		REFUSED,

		/** It threw something unexpected. */
		FAILED

	}

}
