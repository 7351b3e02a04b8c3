package io.neffos.transport;

import org.jspecify.annotations.Nullable;

/**
 * How a message may be dropped when its receiver does not keep up. Made once for all its
 * receivers.
 *
 * @param namespace the namespace of the message, for counting
 * @param policy which messages are dropped
 * @param key with {@link Policy#CONFLATE}, what a newer message must have in common with
 * this one to make it useless; compared with {@code equals}
 * @since 0.1.0
 */
public record Expendable(String namespace, Policy policy, @Nullable Object key) {

	/** Which messages are dropped. */
	public enum Policy {

		/** The one that has waited longest. */
		DROP_OLDEST,

		/** The one that comes. */
		DROP_NEWEST,

		/** Those for which there is a newer one with the same key. */
		CONFLATE

	}

}
