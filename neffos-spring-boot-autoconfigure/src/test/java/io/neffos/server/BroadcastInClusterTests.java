package io.neffos.server;

import io.neffos.Exclude;
import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same on three servers that are one. */
@ExtendWith(InCluster.class)
class BroadcastInClusterTests extends BroadcastTests {

	/** Who is on another server cannot be held in hand, only named. */
	@Override
	@Test
	void twoConnectionsCanBothBeExcepted() {
		exceptByIds((chat, ids) -> chat.except(Exclude.ids(ids)).emit("tick", "1"));
	}

}
