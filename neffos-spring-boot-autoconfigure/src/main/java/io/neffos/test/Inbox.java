package io.neffos.test;

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
		String expected = "a message '" + event + "' in " + ((room != null) ? "room '" + room + "' of " : "")
				+ "namespace '" + this.namespace + "'";
		Frame next = take(expected);
		boolean matches = next.event().equals(event) && (room == null || next.room().equals(room));
		if (!matches || Transcript.isOfServer(next.waitToken())) {
			throw another(expected, next, matches ? "\nwhich is an ask: use expectAsk" : "");
		}
		return new TestMessage(this.wire, next);
	}

	TestAsk expectAsk(String event) {
		String expected = "an ask '" + event + "' in namespace '" + this.namespace + "'";
		Frame next = take(expected);
		boolean matches = next.event().equals(event);
		if (!matches || !Transcript.isOfServer(next.waitToken())) {
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
