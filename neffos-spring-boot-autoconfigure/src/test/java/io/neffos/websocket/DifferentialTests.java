package io.neffos.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import io.neffos.framing.ClientFrames;
import io.neffos.framing.RandomStreams;
import io.neffos.websocket.conformance.EchoServer;
import io.neffos.websocket.conformance.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends the same random streams to the container's sockets and to ours. They agree on all
 * that comes back, but for the {@link Difference differences} we intend.
 */
class DifferentialTests {

	private static final int MAX = 600;

	private static final int STREAMS = 1200;

	private static final Duration BOUND = Duration.ofSeconds(20);

	@Test
	void answerTheSame() throws IOException {
		Map<Difference, Integer> seen = new EnumMap<>(Difference.class);
		try (OurStrategies strategies = new OurStrategies();
				EchoServer container = new EchoServer(new PlainUpgradeStrategy(), MAX);
				EchoServer ours = new EchoServer(strategies.next(MAX), MAX)) {
			long begin = System.nanoTime();
			for (int seed = 0; seed < STREAMS && !isEnough(begin, seen); seed++) {
				byte[] stream = stream(new Random(seed));
				Outcome expected = Outcome.of(container.port(), stream, new Random(seed));
				Outcome actual = Outcome.of(ours.port(), stream, new Random(seed));
				if (!actual.equals(expected)) {
					Optional<Difference> difference = Difference.between(expected, actual);
					assertThat(difference).as("seed %s: %s and not %s", seed, actual, expected).isPresent();
					seen.merge(difference.get(), 1, Integer::sum);
				}
			}
		}
		assertThat(seen).as("no difference is listed in vain").containsOnlyKeys(Difference.values());
	}

	/** A slow machine tries fewer. */
	private static boolean isEnough(long begin, Map<Difference, Integer> seen) {
		return System.nanoTime() - begin > BOUND.toNanos() && seen.size() == Difference.values().length;
	}

	/**
	 * A stream after which no server goes on: if it ends within a frame, that is
	 * completed by zeros, and a frame that begins with two of them is not masked.
	 */
	private static byte[] stream(Random random) {
		return new ClientFrames().add(RandomStreams.next(random, MAX))
			.close(1000, "finished")
			.add(new byte[4 * MAX])
			.toBytes();
	}

	/** What we want to be different, told by what comes back. */
	private enum Difference {

		/**
		 * We count the bytes of a text and the container its characters, so it may go on
		 * longer.
		 */
		LIMIT_OF_TEXTS {

			@Override
			boolean holds(Outcome theirs, Outcome ours) {
				return ours.close() == 1009 && isBegin(ours.messages(), theirs.messages())
						&& isBegin(ours.pongs(), theirs.pongs());
			}

		},

		/** Registered after RFC 6455, and not yet known to the container. */
		CODE_1014 {

			@Override
			boolean holds(Outcome theirs, Outcome ours) {
				return ours.close() == 1014 && theirs.close() == 1002 && answersSame(theirs, ours);
			}

		},

		/** A reason that is not UTF-8 is told as such. */
		CLOSE_REASON {

			@Override
			boolean holds(Outcome theirs, Outcome ours) {
				return ours.close() == 1007 && theirs.close() == 1002 && answersSame(theirs, ours);
			}

		};

		abstract boolean holds(Outcome theirs, Outcome ours);

		static Optional<Difference> between(Outcome theirs, Outcome ours) {
			return Arrays.stream(values()).filter((each) -> each.holds(theirs, ours)).findFirst();
		}

		private static boolean answersSame(Outcome theirs, Outcome ours) {
			return theirs.messages().equals(ours.messages()) && theirs.pongs().equals(ours.pongs());
		}

		private static boolean isBegin(List<String> begin, List<String> all) {
			return begin.size() <= all.size() && all.subList(0, begin.size()).equals(begin);
		}

	}

}
