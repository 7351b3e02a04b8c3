package io.neffos.chaos;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.neffos.load.Peer;
import io.neffos.load.PeerListener;
import io.neffos.load.Swarm;

/**
 * A client that joins two rooms, says yes to everything, and lives until it is killed.
 */
final class Wanderer implements PeerListener {

	private final List<String> rooms;

	private final Runnable onEnd;

	private final Peer peer;

	private volatile boolean settled;

	Wanderer(Swarm swarm, List<String> rooms, Runnable onEnd) {
		this.rooms = rooms;
		this.onEnd = onEnd;
		this.peer = swarm.open(256 * 1024, this);
	}

	@Override
	public void opened(Peer opened) {
		opened.send("M");
	}

	@Override
	public void message(Peer from, ByteBuffer payload) {
		String text = StandardCharsets.UTF_8.decode(payload).toString();
		String token = text.substring(0, Math.max(0, text.indexOf(';')));
		if (token.isEmpty()) {
			if (text.startsWith("A")) {
				from.send("$1;" + Storm.NAMESPACE + ";;_OnNamespaceConnect;0;0;");
			}
		}
		else if (!token.startsWith("$")) {
			from.send(token + ";;;;;;");
		}
		else if (token.equals("$1")) {
			this.rooms.forEach((room) -> from.send("$2;" + Storm.NAMESPACE + ";" + room + ";_OnRoomJoin;0;0;"));
		}
		else if (token.equals("$2")) {
			this.settled = true;
		}
	}

	/** Whether it has joined at least one room. */
	boolean isSettled() {
		return this.settled;
	}

	/** Say something to a room, leave it, come back, ask. */
	void act(int what) {
		if (!this.settled) {
			return;
		}
		String room = this.rooms.get(what & 1);
		switch (what % 5) {
			case 0 -> this.peer.send("$3;" + Storm.NAMESPACE + ";" + room + ";_OnRoomLeave;0;0;");
			case 1 -> this.peer.send("$4;" + Storm.NAMESPACE + ";" + room + ";_OnRoomJoin;0;0;");
			case 2 -> this.peer.send("$5;" + Storm.NAMESPACE + ";;back;0;0;question");
			default -> this.peer.send(";" + Storm.NAMESPACE + ";" + room + ";say;0;0;hello");
		}
	}

	/** Go, in one of the ways there are. */
	void die(int how) {
		switch (how % 4) {
			case 0 -> this.peer.reset();
			case 1 -> this.peer.finish();
			case 2 -> this.peer.close(1000);
			default -> {
				this.peer.close(1001);
				this.peer.reset();
			}
		}
	}

	@Override
	public void ended(Peer gone) {
		this.onEnd.run();
	}

}
