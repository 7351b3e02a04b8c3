package io.neffos.handler;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a namespace that several declarations may make, as long as they agree.
 *
 * @param <T> the kind of value
 * @param value the value
 * @param source who made it
 */
record Claim<T>(T value, String source) {

	static <T> @Nullable Claim<T> agree(@Nullable Claim<T> first, @Nullable Claim<T> second, String setting,
			String namespace) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		if (!first.value.equals(second.value)) {
			throw new InvalidHandlerException(
					"Namespace '%s' has %s %s by %s and %s by %s".formatted(namespace, setting, describe(first.value),
							first.source, describe(second.value), second.source),
					"Let both say the same, or leave it open in one of them.");
		}
		return first;
	}

	private static Object describe(Object value) {
		return (value instanceof Boolean choice) ? (choice ? "switched on" : "switched off") : value;
	}

}
