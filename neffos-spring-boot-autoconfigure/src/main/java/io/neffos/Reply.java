package io.neffos;

import org.jspecify.annotations.Nullable;

/**
 * An explicit answer of a handler, where a plain return value would not say enough: an
 * empty body, or an answer from an exception handler.
 *
 * @param body the body: {@code byte[]}, {@link CharSequence}, an object for the
 * {@link BodyCodec}, or {@code null} for an empty one
 * @since 0.1.0
 */
public record Reply(@Nullable Object body) {

	private static final Reply EMPTY = new Reply(null);

	/**
	 * An answer with a body.
	 * @param body the body
	 * @return the answer
	 */
	public static Reply of(Object body) {
		return new Reply(body);
	}

	/**
	 * An answer without a body.
	 * @return the answer
	 */
	public static Reply empty() {
		return EMPTY;
	}

}
