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
		Frame next = next(expected);
		boolean matches = next.event().equals(event) && (room == null || next.room().equals(room));
		if (!matches || Transcript.isOfServer(next.waitToken())) {
			String hint = matches ? "\nwhich is an ask: use expectAsk" : "";
			throw this.wire
				.failure("Expected " + expected + " next\nbut next was\n  " + Transcript.describe(next) + hint);
		}
		take();
		return new TestMessage(this.wire, next);
	}

	TestAsk expectAsk(String event) {
		String expected = "an ask '" + event + "' in namespace '" + this.namespace + "'";
		Frame next = next(expected);
		boolean matches = next.event().equals(event);
		if (!matches || !Transcript.isOfServer(next.waitToken())) {
			String hint = matches ? "\nwhich does not ask: use expect" : "";
			throw this.wire
				.failure("Expected " + expected + " next\nbut next was\n  " + Transcript.describe(next) + hint);
		}
		take();
		return new TestAsk(this.wire, next);
	}

	private Frame next(String expected) {
		return this.wire.await(expected, this.channel.inbox()::peek);
	}

	private void take() {
		this.wire.locked(this.channel.inbox()::poll);
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
