package io.neffos.server;

import io.neffos.BroadcastTarget;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The same when all but the member that is relayed send from another server, which knows
 * members by their ids.
 */
@ExtendWith(InCluster.class)
class OverflowOrderInClusterTests extends OverflowOrderTests {

	private BroadcastTarget to(NSConn member) {
		return sendingServer().namespace("chat").to(member.conn().id());
	}

	@Override
	void ask(NSConn member, String body) {
		to(member).askAsync("ask", body);
	}

	@Override
	void emit(NSConn member, String body) {
		to(member).emit("direct", body);
	}

	@Override
	void broadcast(NSConn sender, Message message) {
		sendingServer().broadcast(message);
	}

}
