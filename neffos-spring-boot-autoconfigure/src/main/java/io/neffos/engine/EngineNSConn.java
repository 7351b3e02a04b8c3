package io.neffos.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.neffos.Conn;
import io.neffos.Events;
import io.neffos.Exclude;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Overflow;
import io.neffos.Room;
import org.jspecify.annotations.Nullable;

/** A connection within a namespace, and its entry in the namespace's group. */
final class EngineNSConn extends Member implements NSConn {

	private final EngineConn conn;

	private final String namespace;

	private final Events events;

	private final RoomManager rooms;

	EngineNSConn(EngineConn conn, String namespace, Events events) {
		this.conn = conn;
		this.namespace = namespace;
		this.events = events;
		this.rooms = new RoomManager(conn, this);
	}

	@Override
	public Conn conn() {
		return this.conn;
	}

	@Override
	public EngineConn engineConn() {
		return this.conn;
	}

	@Override
	public NSConn nsConn() {
		return this;
	}

	@Override
	public String namespace() {
		return this.namespace;
	}

	Events events() {
		return this.events;
	}

	/** What becomes of events that the peer is too slow for; a client drops none. */
	Overflow overflow() {
		ConnHost host = this.conn.host();
		return host.side().guardsRooms() ? host.settings().overflow(this.events) : Overflow.CLOSE;
	}

	RoomManager roomManager() {
		return this.rooms;
	}

	/** A message of this namespace that this side makes itself. */
	Message local(String event, String room, boolean local, boolean forced) {
		return Message.builder().namespace(this.namespace).room(room).event(event).local(local).forced(forced).build();
	}

	@Override
	public CompletableFuture<Room> joinRoomAsync(String room) {
		return joinRoomAsync(room, this.conn.host().settings().askTimeout());
	}

	@Override
	public CompletableFuture<Room> joinRoomAsync(String room, Duration timeout) {
		return this.rooms.join(room, timeout);
	}

	@Override
	public @Nullable Room room(String name) {
		return this.rooms.get(name);
	}

	@Override
	public List<Room> rooms() {
		return List.copyOf(this.rooms.all());
	}

	@Override
	public CompletableFuture<@Nullable Void> leaveAllAsync() {
		return this.rooms.leaveAll();
	}

	@Override
	public void broadcast(Message message) {
		this.conn.host().broadcast(Exclude.nobody(), message.namespace(this.namespace));
	}

	@Override
	public void broadcastOthers(Message message) {
		this.conn.host().broadcast(Exclude.conn(this.conn), message.namespace(this.namespace));
	}

	@Override
	public CompletableFuture<@Nullable Void> disconnectAsync() {
		return this.conn.namespaceManager().disconnect(this);
	}

	@Override
	public String toString() {
		return "NSConn[" + this.conn.id() + " in " + this.namespace + "]";
	}

}
