package io.neffos.replay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.neffos.AskTimeoutException;
import io.neffos.BadNamespaceException;
import io.neffos.BadRoomException;
import io.neffos.Message;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;

/** What became of the calls of an application, in the words of the original. */
final class Results {

	private final Journal journal;

	private final String conn;

	/**
	 * Create results.
	 * @param journal where they are noted
	 * @param conn whose calls they are of; empty for those of a server
	 */
	Results(Journal journal, String conn) {
		this.journal = journal;
		this.conn = conn;
	}

	/** Note what becomes of a call. */
	<T> CompletableFuture<T> report(String call, CompletableFuture<T> result) {
		return result.whenComplete((value, failure) -> this.journal.add(Kind.RESULT, this.conn,
				call + ": " + ((failure != null) ? "error '" + text(failure) + "'" : text(value))));
	}

	private static String text(@Nullable Object value) {
		if (value instanceof Message answer) {
			return "'" + answer.text() + "'";
		}
		if (value instanceof String text) {
			return "'" + text + "'";
		}
		return (value instanceof Boolean) ? value.toString() : "true";
	}

	/** The original has texts where we have types. */
	private static @Nullable String text(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		if (cause instanceof BadNamespaceException) {
			return "bad namespace";
		}
		if (cause instanceof BadRoomException) {
			return "bad room";
		}
		return (cause instanceof AskTimeoutException) ? "context deadline exceeded" : cause.getMessage();
	}

}
