package io.neffos.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Room;
import org.jspecify.annotations.Nullable;

/** A membership: this side's half of a room, and its entry in the room's group. */
final class EngineRoom extends Member implements Room {

	private final EngineNSConn nsConn;

	private final String name;

	EngineRoom(EngineNSConn nsConn, String name) {
		this.nsConn = nsConn;
		this.name = name;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public NSConn nsConn() {
		return this.nsConn;
	}

	@Override
	public EngineConn engineConn() {
		return this.nsConn.engineConn();
	}

	@Override
	public boolean emit(String event, @Nullable Object body) {
		return send(Message.to(this).event(event).body(body));
	}

	@Override
	public boolean emitBinary(String event, byte[] body) {
		return send(Message.to(this).event(event).body(body).binary(true));
	}

	private boolean send(Message message) {
		if (engineConn().isClosed() || this.nsConn.room(this.name) != this) {
			return false;
		}
		if (engineConn().isClient()) {
			// What becomes of it is the server's business.
			return engineConn().write(message);
		}
		engineConn().host().broadcast(Exclude.nobody(), message);
		return true;
	}

	@Override
	public CompletableFuture<@Nullable Void> leaveAsync() {
		return leaveAsync(engineConn().host().settings().askTimeout());
	}

	@Override
	public CompletableFuture<@Nullable Void> leaveAsync(Duration timeout) {
		return this.nsConn.roomManager().leave(this, timeout);
	}

	@Override
	public List<NSConn> members() {
		return engineConn().host().members(this.nsConn.namespace(), this.name);
	}

	@Override
	public int size() {
		return engineConn().host().size(this.nsConn.namespace(), this.name);
	}

	@Override
	public String toString() {
		return "Room[" + this.name + " of " + this.nsConn + "]";
	}

}
