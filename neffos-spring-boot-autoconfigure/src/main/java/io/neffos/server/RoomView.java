package io.neffos.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.neffos.NSConn;
import io.neffos.RoomInfo;
import io.neffos.RoomMember;
import io.neffos.Scope;

/** A room by its name, looked up anew by each call. */
record RoomView(DefaultNeffosServer server, String namespace, String name, Scope scope) implements RoomInfo {

	@Override
	public int size() {
		return this.server.roomSize(this.namespace, this.name, this.scope);
	}

	@Override
	public List<NSConn> members() {
		return this.server.index(this.namespace).members(this.name);
	}

	@Override
	public CompletableFuture<List<RoomMember>> allMembersAsync() {
		return this.server.allMembers(this.namespace, this.name, this.scope);
	}

	@Override
	public String toString() {
		return "RoomInfo[" + this.name + " in " + this.namespace + "]";
	}

}
