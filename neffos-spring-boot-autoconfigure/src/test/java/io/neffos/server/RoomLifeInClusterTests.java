package io.neffos.server;

import java.util.List;

import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The same on three servers that are one. */
@ExtendWith(InCluster.class)
class RoomLifeInClusterTests extends RoomLifeTests {

	/** What happens in the cluster is told by one of its servers, a moment later. */
	@Override
	void told(List<?> happened, Object... expected) {
		await().untilAsserted(() -> assertThat(List.<Object>copyOf(happened)).containsExactlyInAnyOrder(expected));
	}

}
