package io.neffos.handler;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a namespace that several declarations may make, as long as they agree.
 *
 * @param value the value
 * @param source who made it
 */
record Claim(boolean value, String source) {

	static @Nullable Claim agree(@Nullable Claim first, @Nullable Claim second, String setting, String namespace) {
		if (first == null || second == null) {
			return (first != null) ? first : second;
		}
		if (first.value != second.value) {
			throw new InvalidHandlerException(
					"Namespace '%s' has %s switched %s by %s and %s by %s".formatted(namespace, setting,
							onOff(first.value), first.source, onOff(second.value), second.source),
					"Let both say the same, or leave it open in one of them.");
		}
		return first;
	}

	private static String onOff(boolean value) {
		return value ? "on" : "off";
	}

}
