package io.neffos.engine;

import java.util.Objects;

import io.neffos.transport.Expendable;
import io.neffos.transport.Flusher;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were dropped under a lock, to be told once it is released. Nearly always
 * of one namespace, so a list of them is short.
 */
final class Drops implements Flusher {

	private final Expendable rule;

	private final Outbox.Listener listener;

	private final @Nullable Drops others;

	private int count = 1;

	private Drops(Expendable rule, Outbox.Listener listener, @Nullable Drops others) {
		this.rule = rule;
		this.listener = listener;
		this.others = others;
	}

	/** Count one more. */
	static Drops count(@Nullable Drops drops, Expendable rule, Outbox.Listener listener) {
		for (Drops each = drops; each != null; each = each.others) {
			if (each.rule.policy() == rule.policy() && each.rule.namespace().equals(rule.namespace())) {
				each.count++;
				return Objects.requireNonNull(drops);
			}
		}
		return new Drops(rule, listener, drops);
	}

	@Override
	public void wake() {
		this.listener.dropped(this.rule, this.count);
		if (this.others != null) {
			this.others.wake();
		}
	}

}
