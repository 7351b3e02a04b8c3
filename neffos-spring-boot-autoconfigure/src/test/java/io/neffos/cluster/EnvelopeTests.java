package io.neffos.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.neffos.cluster.Envelope.UnknownVersionException;
import io.neffos.cluster.WireReader.MalformedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EnvelopeTests {

	private static final byte[] BODY = ";chat;lobby;say;0;0;ä".getBytes(StandardCharsets.UTF_8);

	@Test
	void deliveryArrivesAsItWasSent() {
		Delivery sent = new Delivery("chat", "lobby", "c1", "key", Set.of("c2", "c3"), true, false, BODY);
		Envelope read = Envelope.read(envelope(sent));
		assertThat(read.kind()).isEqualTo(Envelope.DELIVERY);
		assertThat(read.node()).isEqualTo("0123abc");
		assertThat(read.number()).isEqualTo(1L << 40);
		Delivery arrived = Delivery.read(read.content());
		assertThat(arrived).usingRecursiveComparison().isEqualTo(sent);
		Delivery bare = new Delivery("", "", null, null, Set.of(), false, true, new byte[0]);
		assertThat(Delivery.read(Envelope.read(envelope(bare)).content())).usingRecursiveComparison().isEqualTo(bare);
	}

	@Test
	void callsAndOutcomesArriveAsTheyWereSent() {
		for (Call.Kind kind : Call.Kind.values()) {
			Call sent = new Call(kind, new Delivery("chat", "r", "id", null, Set.of(), false, true, BODY), 4001, "why",
					Duration.ofMillis(1234));
			WireWriter writer = new WireWriter(0);
			sent.write(writer);
			assertThat(Call.read(new WireReader(writer.toBytes()))).usingRecursiveComparison().isEqualTo(sent);
		}
		for (Outcome.Status status : Outcome.Status.values()) {
			WireWriter writer = new WireWriter(0);
			new Outcome(status, "text", true, BODY).write(writer);
			Outcome arrived = Outcome.read(new WireReader(writer.toBytes()));
			assertThat(arrived.status()).isEqualTo(status);
			assertThat(arrived.text()).isEqualTo("text");
			assertThat(arrived.binary()).isTrue();
			assertThat(arrived.body()).isEqualTo(BODY);
		}
		assertThat(Outcome.members(List.of("a", "", "ä")).ids()).containsExactly("a", "", "ä");
	}

	@Test
	void ownMessagesAreKnownWithoutReadingThem() {
		byte[] own = "0123abc".getBytes(StandardCharsets.US_ASCII);
		byte[] message = envelope(new Delivery("chat", "", null, null, Set.of(), false, false, BODY));
		assertThat(Envelope.isFrom(message, own)).isTrue();
		assertThat(Envelope.isFrom(message, "0123abd".getBytes(StandardCharsets.US_ASCII))).isFalse();
		assertThat(Envelope.isFrom(message, "0123ab".getBytes(StandardCharsets.US_ASCII))).isFalse();
		assertThat(Envelope.isFrom(new byte[0], own)).isFalse();
	}

	@Test
	void traceTravelsBesideTheMessage() {
		Delivery sent = new Delivery("chat", "lobby", null, null, Set.of(), false, false, BODY);
		Map<String, String> trace = Map.of("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
				"baggage", "user=ä");
		byte[] message = envelope(sent, trace);
		Envelope read = Envelope.read(message);
		assertThat(read.trace()).isEqualTo(trace);
		assertThat(read.kind()).isEqualTo(Envelope.DELIVERY);
		assertThat(Delivery.read(read.content())).usingRecursiveComparison().isEqualTo(sent);
		assertThat(Envelope.isFrom(message, "0123abc".getBytes(StandardCharsets.US_ASCII))).isTrue();
		assertThat(Envelope.read(envelope(sent)).trace()).isEmpty();
	}

	@Test
	void traceIsBoundedOnBothSides() {
		Map<String, String> many = new LinkedHashMap<>();
		for (int i = 0; i < 20; i++) {
			many.put("field" + i, "value");
		}
		assertThat(TraceFields.bounded(many)).hasSize(16).containsKeys("field0", "field15");
		byte[] message = envelope(new Delivery("chat", "", null, null, Set.of(), false, false, BODY), many);
		assertThatThrownBy(() -> Envelope.read(message)).isInstanceOf(MalformedException.class)
			.hasMessageContaining("20 fields");
		Map<String, String> large = new LinkedHashMap<>();
		large.put("traceparent", "00-1-2-01");
		large.put("baggage", "x".repeat(8_192));
		large.put("tracestate", "a=b");
		assertThat(TraceFields.bounded(large)).containsOnlyKeys("traceparent", "tracestate");
	}

	@Test
	void anotherVersionIsSaidToBeOne() {
		byte[] message = envelope(new Delivery("chat", "", null, null, Set.of(), false, false, BODY));
		message[0] = 2;
		assertThatThrownBy(() -> Envelope.read(message)).isInstanceOf(UnknownVersionException.class)
			.hasMessageContaining("2");
	}

	@Test
	void whatCannotBeReadIsMalformedAndNothingElse() {
		Random random = new Random(7);
		byte[] good = envelope(new Delivery("chat", "lobby", "c1", "key", Set.of("c2"), true, false, BODY),
				Map.of("traceparent", "00-1-2-01"));
		for (int i = 0; i < 20_000; i++) {
			byte[] bad = good.clone();
			for (int change = random.nextInt(4); change >= 0; change--) {
				bad[1 + random.nextInt(bad.length - 1)] = (byte) random.nextInt(256);
			}
			byte[] cut = Arrays.copyOf(bad, random.nextInt(bad.length + 1));
			try {
				Envelope envelope = Envelope.read(cut);
				WireReader content = envelope.content();
				if (random.nextBoolean()) {
					Delivery.read(content);
				}
				else {
					Call.read(content);
				}
			}
			catch (MalformedException ex) {
				assertThat(ex.getMessage()).isNotEmpty();
			}
		}
	}

	@Test
	void noTwoNamesShareAChannelAndNoneWidensOne() {
		Channels channels = new Channels("neffos");
		Set<String> seen = new HashSet<>();
		List<String> names = List.of("", "=", "==", "a", "a.b", "a.*", "*", ">", " ", "a b", "=2A", "=2E", "ä",
				"\u0000", "x".repeat(80), "x".repeat(81), "x".repeat(255), "ä".repeat(255), "node", "all");
		for (String namespace : names) {
			assertThat(seen.add(channels.namespace(namespace))).as(namespace).isTrue();
			for (String room : names) {
				String channel = channels.room(namespace, room);
				assertThat(channel).hasSizeLessThanOrEqualTo(250).matches("[A-Za-z0-9_=-]+(\\.[A-Za-z0-9_=-]+)*");
				assertThat(seen.add(channel)).as("%s %s", namespace, room).isTrue();
			}
		}
		assertThat(seen.add(channels.all())).isTrue();
		assertThat(seen.add(channels.node("all"))).isTrue();
	}

	private static byte[] envelope(Delivery delivery) {
		return envelope(delivery, Map.of());
	}

	private static byte[] envelope(Delivery delivery, Map<String, String> trace) {
		WireWriter writer = Envelope.begin(Envelope.DELIVERY, "0123abc", 1L << 40, trace, delivery.expectedSize());
		delivery.write(writer);
		return writer.toBytes();
	}

}
