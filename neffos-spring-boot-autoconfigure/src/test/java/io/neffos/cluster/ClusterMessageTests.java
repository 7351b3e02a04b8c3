package io.neffos.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.neffos.cluster.WireReader.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link ClusterMessage} and all its kinds. */
class ClusterMessageTests {

	private static final Digest DIGEST = new Digest(
			List.of(new RoomDigest("chat", "lobby", 3, 0), new RoomDigest("chat", "", Integer.MAX_VALUE, 7),
					new RoomDigest("spiel", "ÄÖ ☕ 😀", 0, RoomDigest.CREATED)),
			Map.of("chat", 300));

	static Stream<ClusterMessage> messages() {
		return Stream.of(new Beat("server ß", 1_790_000_000_000L, 5, 1L << 40, true), new Beat("", 0, 0, 0, false),
				new Changes(7, 8, 300, DIGEST), new Changes(0, 1, 0, new Digest(List.of(), Map.of())),
				new Full(Long.MAX_VALUE, 2, 3, 300, DIGEST), new ClusterMessage.Hello(), new ClusterMessage.Want(),
				new ClusterMessage.Bye());
	}

	@ParameterizedTest
	@MethodSource("messages")
	void readsWhatItWrote(ClusterMessage message) {
		assertThat(message.kind().decode(message.encode())).isEqualTo(message);
	}

	@ParameterizedTest
	@MethodSource("messages")
	void refusesWhatIsLongerOrShorter(ClusterMessage message) {
		byte[] bytes = message.encode();
		byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
		assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> message.kind().decode(longer));
		for (int length = 0; length < bytes.length; length++) {
			byte[] shorter = Arrays.copyOf(bytes, length);
			assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> message.kind().decode(shorter));
		}
	}

	@Test
	void readsAnythingOrRefusesIt() {
		Random random = new Random(3);
		for (int i = 0; i < 50_000; i++) {
			byte[] bytes = new byte[random.nextInt(40)];
			random.nextBytes(bytes);
			for (ClusterMessage.Kind kind : ClusterMessage.Kind.values()) {
				try {
					assertThat(kind.decode(bytes).kind()).isEqualTo(kind);
				}
				catch (MalformedException ex) {
					assertThat(ex).hasMessageMatching("[a-z ]+");
				}
			}
		}
	}

	@Test
	void refusesWhatMakesNoSense() {
		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> Changes.decode(new Changes(8, 8, 0, DIGEST).encode()));
		assertThatExceptionOfType(MalformedException.class)
			.isThrownBy(() -> Full.decode(new Full(1, 2, 2, 0, DIGEST).encode()));
		byte[] large = new WireWriter(32).number(1)
			.text("chat")
			.number(1)
			.text("lobby")
			.number((1L << 31) << 3)
			.number(0)
			.toBytes();
		assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Digest.read(new WireReader(large)));
	}

	@Test
	void splitsIntoMessagesThatAreNotTooLarge() {
		List<RoomDigest> rooms = new ArrayList<>();
		Map<String, Integer> namespaces = new LinkedHashMap<>();
		for (int namespace = 0; namespace < 400; namespace++) {
			namespaces.put("☕".repeat(50) + namespace, namespace);
			for (int room = 0; room < 20; room++) {
				rooms.add(new RoomDigest("☕".repeat(50) + namespace, "ä".repeat(room) + namespace, room, 0));
			}
		}
		List<Digest> parts = new Digest(rooms, namespaces).split(ClusterMessage.MAX_BYTES);
		assertThat(parts).hasSizeGreaterThan(5)
			.allSatisfy((part) -> assertThat(
					new Full(Long.MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MAX_VALUE, Integer.MAX_VALUE, part)
						.encode())
				.hasSizeLessThanOrEqualTo(ClusterMessage.MAX_BYTES));
		assertThat(parts.stream().flatMap((part) -> part.rooms().stream())).containsExactlyElementsOf(rooms);
		Map<String, Integer> joined = new LinkedHashMap<>();
		parts.forEach((part) -> joined.putAll(part.namespaces()));
		assertThat(joined).isEqualTo(namespaces);
	}

	@Test
	void hasOnePartWhereThereIsNothing() {
		assertThat(new Digest(List.of(), Map.of()).split(1)).hasSize(1);
	}

}
