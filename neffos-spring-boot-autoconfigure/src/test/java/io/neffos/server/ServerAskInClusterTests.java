package io.neffos.server;

import io.neffos.testkit.InCluster;
import io.neffos.testkit.TestServer;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/** The same on three servers that are one. */
@ExtendWith(InCluster.class)
class ServerAskInClusterTests extends ServerAskTests {

	/**
	 * Other servers are not told that an answer has come: they wait for one until the
	 * time is over or those they have asked are gone.
	 */
	@Override
	void nothingIsLeft(TestServer asked) {
		asked.stop();
		super.nothingIsLeft(asked);
	}

	/**
	 * Each of the others takes its first answer, which is too late where the ask began.
	 */
	@Override
	void lateAnswers(long count) {
		assertThat(count).isOne();
	}

}
