package io.neffos.test;

import io.neffos.SystemEvents;
import org.jspecify.annotations.Nullable;

/** What a client asks of a server, and what it may ask of the client, in a namespace. */
final class Requests {

	private final Wire wire;

	private final String namespace;

	private final Channel channel;

	Requests(Wire wire, String namespace, Channel channel) {
		this.wire = wire;
		this.namespace = namespace;
		this.channel = channel;
	}

	Answer connect() {
		return ask("", SystemEvents.NAMESPACE_CONNECT, "the connect to namespace '" + this.namespace + "'",
				this.channel::connected);
	}

	Answer disconnect() {
		return ask("", SystemEvents.NAMESPACE_DISCONNECT, "the disconnect from namespace '" + this.namespace + "'",
				this.channel::disconnected);
	}

	Answer join(String room) {
		return ask(room, SystemEvents.ROOM_JOIN, "the join of room '" + room + "'",
				() -> this.channel.rooms().add(room));
	}

	Answer leave(String room) {
		return ask(room, SystemEvents.ROOM_LEAVE, "the leave of room '" + room + "'",
				() -> this.channel.rooms().remove(room));
	}

	private Answer ask(String room, String event, String question, Runnable onSuccess) {
		return this.wire.ask(this.namespace, room, event, null, question, onSuccess);
	}

	/** Take a request of the server. */
	void expect(String event, String room) {
		this.wire.await(
				"the request " + event + " of the server in namespace '" + this.namespace + "'"
						+ (room.isEmpty() ? "" : " for room '" + room + "'"),
				() -> this.channel.takeRequest(event, room));
	}

	/** From now on answer asks of the server. */
	void answer(String event, @Nullable Object body) {
		byte[] bytes = this.wire.bodies().encode(body);
		this.wire.locked(() -> {
			this.channel.answer(event, bytes);
			return null;
		});
	}

	/** From now on refuse requests of the server. */
	void refuse(String event, String room, String text) {
		this.wire.locked(() -> {
			this.channel.refuse(event, room, text);
			return null;
		});
	}

}
