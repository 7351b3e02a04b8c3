package io.neffos.test;

import java.util.Iterator;
import java.util.function.Predicate;

import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** Takes the messages of one namespace in order. */
final class Inbox {

	private final Wire wire;

	private final String namespace;

	private final Channel channel;

	Inbox(Wire wire, String namespace, Channel channel) {
		this.wire = wire;
		this.namespace = namespace;
		this.channel = channel;
	}

	/** Take the next message if it is of an event, and of a room if one is given. */
	TestMessage expect(@Nullable String room, String event) {
		String expected = message(room, event);
		Frame next = take(expected);
		boolean matches = isOf(next, room, event);
		if (!matches || isAsk(next)) {
			throw another(expected, next, matches ? "\nwhich is an ask: use expectAsk" : "");
		}
		return new TestMessage(this.wire, next);
	}

	/**
	 * Take the first message of an event that meets a condition, and drop what came
	 * before it. An ask is not dropped, or the server would wait for its answer.
	 */
	TestMessage skipTo(@Nullable String room, String event, Predicate<TestMessage> condition) {
		String expected = message(room, event) + ", now or later";
		return this.wire.await(expected, () -> {
			int passed = 0;
			for (Frame frame : this.channel.inbox()) {
				TestMessage message = new TestMessage(this.wire, frame);
				if (!isAsk(frame) && isOf(frame, room, event) && condition.test(message)) {
					drop(passed + 1);
					return message;
				}
				passed++;
			}
			return null;
		});
	}

	private void drop(int count) {
		Iterator<Frame> frames = this.channel.inbox().iterator();
		for (int i = 0; i < count; i++) {
			if (!isAsk(frames.next())) {
				frames.remove();
			}
		}
	}

	private String message(@Nullable String room, String event) {
		return "a message '" + event + "' in " + ((room != null) ? "room '" + room + "' of " : "") + "namespace '"
				+ this.namespace + "'";
	}

	private static boolean isOf(Frame frame, @Nullable String room, String event) {
		return frame.event().equals(event) && (room == null || frame.room().equals(room));
	}

	private static boolean isAsk(Frame frame) {
		return Transcript.isOfServer(frame.waitToken());
	}

	TestAsk expectAsk(String event) {
		String expected = "an ask '" + event + "' in namespace '" + this.namespace + "'";
		Frame next = take(expected);
		boolean matches = next.event().equals(event);
		if (!matches || !isAsk(next)) {
			throw another(expected, next, matches ? "\nwhich does not ask: use expect" : "");
		}
		return new TestAsk(this.wire, next);
	}

	private Frame take(String expected) {
		return this.wire.await(expected, this.channel.inbox()::poll);
	}

	/** What a test fails with; what came stays the next message. */
	private AssertionError another(String expected, Frame next, String hint) {
		this.wire.locked(() -> {
			this.channel.inbox().addFirst(next);
			return null;
		});
		return this.wire.failure("Expected " + expected + " next\nbut next was\n  " + Transcript.describe(next) + hint);
	}

	void expectEmpty() {
		StringBuilder rest = new StringBuilder();
		this.wire.locked(() -> {
			this.channel.inbox().forEach((frame) -> rest.append("\n  ").append(Transcript.describe(frame)));
			return null;
		});
		if (!rest.isEmpty()) {
			throw this.wire
				.failure("Expected no more messages in namespace '" + this.namespace + "'\nbut there came" + rest);
		}
	}

}
