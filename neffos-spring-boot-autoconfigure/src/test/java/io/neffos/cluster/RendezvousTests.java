package io.neffos.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link Rendezvous}. */
class RendezvousTests {

	private static final int ROOMS = 20_000;

	@Test
	void givesEachServerAboutTheSame() {
		for (List<ClusterNode> nodes : List.of(nodes("n0", "n1", "n2", "n3", "n4"), nodes("a", "b", "c", "d", "e"),
				nodes(UUID.randomUUID().toString(), UUID.randomUUID().toString(), UUID.randomUUID().toString(),
						UUID.randomUUID().toString(), UUID.randomUUID().toString()))) {
			Map<ClusterNode, Integer> counts = new HashMap<>();
			for (int i = 0; i < ROOMS; i++) {
				counts.merge(first(nodes, Rendezvous.hash("chat", "room" + i)), 1, Integer::sum);
			}
			assertThat(counts.values()).hasSize(5)
				.allSatisfy((count) -> assertThat(count).isBetween(ROOMS / 5 * 9 / 10, ROOMS / 5 * 11 / 10));
		}
	}

	@Test
	void movesOnlyWhatAGoneServerHad() {
		List<ClusterNode> all = nodes("a", "b", "c", "d");
		List<ClusterNode> fewer = all.subList(0, 3);
		for (int i = 0; i < ROOMS; i++) {
			long room = Rendezvous.hash("chat", "room" + i);
			ClusterNode before = first(all, room);
			if (before != all.get(3)) {
				assertThat(first(fewer, room)).isSameAs(before);
			}
		}
	}

	@Test
	void keepsNamespaceAndRoomApart() {
		assertThat(Rendezvous.hash("ab", "c")).isNotEqualTo(Rendezvous.hash("a", "bc"));
	}

	@Test
	void isOfOneMindAboutEqualWeights() {
		ClusterNode one = new ClusterNode("same", 0);
		ClusterNode other = new ClusterNode("same", 0);
		assertThat(Rendezvous.isBefore(one, other, 1)).isFalse();
	}

	private static List<ClusterNode> nodes(String... ids) {
		List<ClusterNode> nodes = new ArrayList<>();
		for (String id : ids) {
			nodes.add(new ClusterNode(id, 0));
		}
		return nodes;
	}

	private static ClusterNode first(List<ClusterNode> nodes, long room) {
		ClusterNode first = nodes.get(0);
		for (ClusterNode node : nodes) {
			if (Rendezvous.isBefore(node, first, room)) {
				first = node;
			}
		}
		return first;
	}

}
