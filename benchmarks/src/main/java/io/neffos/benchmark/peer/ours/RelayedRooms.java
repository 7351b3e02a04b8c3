package io.neffos.benchmark.peer.ours;

import io.neffos.Message;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;

/** What members send to a room is relayed, because nothing here handles it. */
@NeffosNamespace("default")
class RelayedRooms {

	@OnEvent("echo")
	byte[] echo(Message message) {
		return message.body();
	}

}
