package io.neffos.autoconfigure.metrics;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

import io.micrometer.core.instrument.Clock;
import io.neffos.RoomInfo;
import org.jspecify.annotations.Nullable;

/**
 * How the sizes of the rooms of a namespace are distributed now.
 * <p>
 * The number of rooms of each size is a level, which goes up and down. A distribution
 * summary records events and only ever adds up, so it would tell how sizes have changed
 * over time and count a busy room more often than a quiet one. Hence one gauge for each
 * of a few ranges of sizes. The ranges do not overlap, so that they can be stacked in a
 * chart, and their number does not depend on the rooms.
 * <p>
 * A walk over the rooms gives all of these values; it is made by the thread that reads
 * the first of them, and serves the other ones of the same scrape.
 */
final class RoomSizes {

	private static final long FRESH_NANOS = Duration.ofMillis(100).toNanos();

	private final Supplier<? extends Collection<? extends RoomInfo>> rooms;

	private final Clock clock;

	private @Nullable Sample latest;

	private long takenAt;

	RoomSizes(Supplier<? extends Collection<? extends RoomInfo>> rooms, Clock clock) {
		this.rooms = rooms;
		this.clock = clock;
	}

	synchronized Sample now() {
		Sample sample = this.latest;
		if (sample == null || this.clock.monotonicTime() - this.takenAt >= FRESH_NANOS) {
			sample = Sample.of(this.rooms.get());
			this.latest = sample;
			this.takenAt = this.clock.monotonicTime();
		}
		return sample;
	}

	/** A range of sizes. */
	enum Bucket {

		ONE("1", 1), TO_TEN("2-10", 10), TO_HUNDRED("11-100", 100), TO_THOUSAND("101-1000", 1000),
		MORE("1001+", Integer.MAX_VALUE);

		private static final Bucket[] ALL = values();

		private final String range;

		private final int upTo;

		Bucket(String range, int upTo) {
			this.range = range;
			this.upTo = upTo;
		}

		String range() {
			return this.range;
		}

		static Bucket of(int size) {
			for (Bucket bucket : ALL) {
				if (size <= bucket.upTo) {
					return bucket;
				}
			}
			return MORE;
		}

	}

	/** The sizes at one moment. */
	static final class Sample {

		private final Map<Bucket, Integer> rooms = new EnumMap<>(Bucket.class);

		private long members;

		private int largest;

		private Sample() {
		}

		static Sample of(Collection<? extends RoomInfo> rooms) {
			Sample sample = new Sample();
			for (RoomInfo room : rooms) {
				sample.add(room.size());
			}
			return sample;
		}

		private void add(int size) {
			// A room may have died since the list was made.
			if (size > 0) {
				this.rooms.merge(Bucket.of(size), 1, Integer::sum);
				this.members += size;
				this.largest = Math.max(this.largest, size);
			}
		}

		int rooms(Bucket bucket) {
			return this.rooms.getOrDefault(bucket, 0);
		}

		long members() {
			return this.members;
		}

		int largest() {
			return this.largest;
		}

	}

}
