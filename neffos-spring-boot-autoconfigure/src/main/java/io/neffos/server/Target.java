package io.neffos.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.neffos.BroadcastTarget;
import io.neffos.Conn;
import io.neffos.Exclude;
import io.neffos.Message;
import org.jspecify.annotations.Nullable;

/** Who is to be reached. */
record Target(DefaultNeffosServer server, Message message, Exclude exclude) implements BroadcastTarget {

	@Override
	public BroadcastTarget room(String name) {
		return new Target(this.server, this.message.room(name), this.exclude);
	}

	@Override
	public BroadcastTarget to(String connId) {
		return new Target(this.server, this.message.to(connId), this.exclude);
	}

	@Override
	public BroadcastTarget except(Conn conn) {
		return except(Exclude.conn(conn));
	}

	@Override
	public BroadcastTarget except(Exclude other) {
		return new Target(this.server, this.message, this.exclude.and(other));
	}

	@Override
	public BroadcastTarget key(@Nullable String value) {
		return new Target(this.server, this.message.key(value), this.exclude);
	}

	@Override
	public void emit(String event, @Nullable Object body) {
		this.server.broadcast(this.exclude, this.message.event(event).body(body));
	}

	@Override
	public void emitBinary(String event, byte[] body) {
		this.server.broadcast(this.exclude, this.message.event(event).body(body).binary(true));
	}

	@Override
	public CompletableFuture<Message> askAsync(String event, @Nullable Object body) {
		return askAsync(event, body, this.server.askTimeout());
	}

	@Override
	public CompletableFuture<Message> askAsync(String event, @Nullable Object body, Duration timeout) {
		return this.server.ask(this.exclude, this.message.event(event).body(body), timeout);
	}

}
