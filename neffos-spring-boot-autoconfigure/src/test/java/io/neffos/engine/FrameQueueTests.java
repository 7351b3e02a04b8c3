package io.neffos.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.neffos.engine.FrameQueue.Result;
import io.neffos.transport.Expendable;
import io.neffos.transport.Expendable.Policy;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What waits for a connection and what is dropped. A plain list that searches for
 * everything says what is right.
 */
class FrameQueueTests {

	private final FrameQueue queue = new FrameQueue();

	private final List<Expendable> dropped = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "1,2", "2,3", "3,3", "2,99", "99,3" })
	void everyShortRunOfOperationsIsAsInTheModel(int maxFrames, int maxBytes) {
		int[] operations = new int[5];
		Kind[] kinds = Kind.values();
		long runs = Math.round(Math.pow(kinds.length + 1, operations.length));
		for (long run = 0; run < runs; run++) {
			long rest = run;
			for (int i = 0; i < operations.length; i++) {
				operations[i] = (int) (rest % (kinds.length + 1));
				rest /= kinds.length + 1;
			}
			Comparison comparison = new Comparison(maxFrames, maxBytes);
			for (int operation : operations) {
				if (!comparison.apply((operation == kinds.length) ? null : kinds[operation], 0)) {
					break;
				}
			}
			comparison.drain();
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void longRunsOfOperationsAreAsInTheModel(long seed) {
		Random random = new Random(seed);
		for (int run = 0; run < 100; run++) {
			Comparison comparison = new Comparison(1 + random.nextInt(60), 1 + random.nextInt(90));
			Kind[] kinds = someOf(random);
			int polls = random.nextInt(4);
			boolean open = true;
			for (int i = 0; open && i < 400; i++) {
				boolean poll = random.nextInt(4) < polls;
				open = comparison.apply(poll ? null : kinds[random.nextInt(kinds.length)], random.nextInt(5));
			}
			comparison.drain();
		}
	}

	private static Kind[] someOf(Random random) {
		List<Kind> result = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			for (int i = random.nextInt(8) - 4; i > 0; i--) {
				result.add(kind);
			}
		}
		return result.isEmpty() ? Kind.values() : result.toArray(new Kind[0]);
	}

	@Test
	void messagesThatMayNotBeDroppedOverflow() {
		assertThat(add(Kind.FIRM, 2, 10)).isEqualTo(Result.QUEUED);
		assertThat(add(Kind.FIRM, 2, 10)).isEqualTo(Result.QUEUED);
		assertThat(this.queue.isExpendable()).isFalse();
		assertThat(add(Kind.FIRM, 2, 10)).isEqualTo(Result.OVERFLOW);
		assertThat(this.dropped).isEmpty();
	}

	@Test
	void theNewestIsDroppedWhetherNumberOrBytesPassTheBound() {
		add(Kind.NEWEST, 2, 3);
		assertThat(this.queue.isExpendable()).isTrue();
		assertThat(add(Kind.NEWEST_BIG, 2, 2)).isEqualTo(Result.DROPPED);
		add(Kind.NEWEST, 2, 3);
		assertThat(add(Kind.NEWEST, 2, 3)).isEqualTo(Result.DROPPED);
		assertThat(this.queue.size()).isEqualTo(2);
		assertThat(this.dropped).containsExactly(Kind.NEWEST_BIG.rule(0), Kind.NEWEST.rule(0));
	}

	@Test
	void theOldestMakeRoomAndWhatMayNotBeDroppedStaysInItsPlace() {
		WireFrame first = frame(Kind.OLDEST);
		WireFrame firm = frame(Kind.FIRM);
		WireFrame second = frame(Kind.OLDEST);
		WireFrame big = frame(Kind.OLDEST_BIG);
		for (WireFrame frame : List.of(first, firm, second, big)) {
			assertThat(this.queue.add(frame, 3, 3, this.dropped::add)).isEqualTo(Result.QUEUED);
		}
		assertThat(drain()).containsExactly(firm, big);
		assertThat(this.dropped).containsExactly(Kind.OLDEST.rule(0), Kind.OLDEST.rule(0));
	}

	@Test
	void theOldestAreNotDroppedInVain() {
		add(Kind.OLDEST, 9, 3);
		add(Kind.FIRM_BIG, 9, 3);
		assertThat(add(Kind.OLDEST_BIG, 9, 3)).isEqualTo(Result.DROPPED);
		assertThat(this.queue.size()).isEqualTo(2);
		assertThat(this.dropped).containsExactly(Kind.OLDEST_BIG.rule(0));
	}

	@Test
	void theNewestOfEachKeyStays() {
		WireFrame a1 = frame(Kind.CONFLATE, 1);
		WireFrame b1 = frame(Kind.CONFLATE, 2);
		WireFrame firm = frame(Kind.FIRM);
		WireFrame a2 = frame(Kind.CONFLATE, 1);
		WireFrame a3 = frame(Kind.CONFLATE, 1);
		for (WireFrame frame : List.of(a1, b1, firm, a2, a3)) {
			assertThat(this.queue.add(frame, 4, 99, this.dropped::add)).isEqualTo(Result.QUEUED);
		}
		assertThat(drain()).containsExactly(b1, firm, a3);
		assertThat(this.dropped).hasSize(2);
	}

	@Test
	void tooManyKeysOverflow() {
		add(Kind.CONFLATE, 1, 2, 99);
		add(Kind.CONFLATE, 2, 2, 99);
		assertThat(add(Kind.CONFLATE, 3, 2, 99)).isEqualTo(Result.OVERFLOW);
		assertThat(add(Kind.CONFLATE, 2, 2, 99)).isEqualTo(Result.QUEUED);
	}

	@ParameterizedTest
	@EnumSource
	void anAdditionTakesConstantTimeOnAverage(Mix mix) {
		Random random = new Random(7);
		int bound = 4000;
		int additions = 400_000;
		this.queue.add(frame(Kind.FIRM), bound, bound, FrameQueueTests::ignore);
		for (int i = 0; i < additions; i++) {
			mix.step(this.queue, random, i, bound);
		}
		assertThat(this.queue.steps()).isPositive().isLessThan(8L * (additions + bound));
		assertThat(this.queue.capacity()).isLessThanOrEqualTo(4 * bound);
	}

	@Test
	void memoryIsReleasedWhenNothingWaits() {
		assertThat(this.queue.capacity()).isZero();
		for (int i = 0; i < 1000; i++) {
			add(Kind.CONFLATE, i % 10, 500, 10_000);
		}
		assertThat(this.queue.capacity()).isGreaterThanOrEqualTo(512);
		drain();
		assertThat(this.queue.capacity()).isZero();
		assertThat(this.queue.steps()).isZero();
		assertThat(this.queue.bytes()).isZero();
	}

	@Test
	void aFewSlotsAreKeptForTheNextMessages() {
		add(Kind.FIRM, 99, 99);
		assertThat(this.queue.capacity()).isEqualTo(4);
		drain();
		assertThat(this.queue.capacity()).isEqualTo(4);
		for (int i = 0; i < 16; i++) {
			add(Kind.FIRM, 99, 99);
		}
		drain();
		assertThat(this.queue.capacity()).isEqualTo(16);
		for (int i = 0; i < 17; i++) {
			add(Kind.FIRM, 99, 99);
		}
		drain();
		assertThat(this.queue.capacity()).isZero();
	}

	@Test
	void clearingForgetsWhatWaits() {
		add(Kind.FIRM, 9, 9);
		add(Kind.OLDEST, 9, 9);
		this.queue.clear();
		assertThat(this.queue.isEmpty()).isTrue();
		assertThat(this.queue.isExpendable()).isTrue();
		assertThat(this.queue.peek()).isNull();
		assertThat(this.queue.poll()).isNull();
		WireFrame next = frame(Kind.FIRM);
		this.queue.add(next, 9, 9, FrameQueueTests::ignore);
		assertThat(this.queue.peek()).isSameAs(next);
		assertThat(drain()).containsExactly(next);
	}

	private static void ignore(Expendable rule) {
	}

	private Result add(Kind kind, int maxFrames, int maxBytes) {
		return add(kind, 0, maxFrames, maxBytes);
	}

	private Result add(Kind kind, int key, int maxFrames, int maxBytes) {
		return this.queue.add(frame(kind, key), maxFrames, maxBytes, this.dropped::add);
	}

	private List<WireFrame> drain() {
		List<WireFrame> result = new ArrayList<>();
		for (WireFrame next = this.queue.poll(); next != null; next = this.queue.poll()) {
			result.add(next);
		}
		return result;
	}

	private static WireFrame frame(Kind kind) {
		return frame(kind, 0);
	}

	private static WireFrame frame(Kind kind, int key) {
		return new WireFrame(new byte[kind.bytes], false, kind.rule(key));
	}

	private enum Kind {

		FIRM(null, 1), FIRM_BIG(null, 2), NEWEST(Policy.DROP_NEWEST, 1), NEWEST_BIG(Policy.DROP_NEWEST, 2),
		OLDEST(Policy.DROP_OLDEST, 1), OLDEST_BIG(Policy.DROP_OLDEST, 2), CONFLATE(Policy.CONFLATE, 1),
		CONFLATE_BIG(Policy.CONFLATE, 2), OTHER(Policy.CONFLATE, 1);

		private final @Nullable Policy policy;

		private final int bytes;

		Kind(@Nullable Policy policy, int bytes) {
			this.policy = policy;
			this.bytes = bytes;
		}

		@Nullable Expendable rule(int key) {
			if (this.policy == null) {
				return null;
			}
			return new Expendable("chat", this.policy,
					(this.policy != Policy.CONFLATE) ? null : ((this == OTHER) ? "other" : "same") + key);
		}

	}

	/** Ways to add that would be slow if something were searched for. */
	private enum Mix {

		/** The gaps are never at the front, where a message stays. */
		OLDEST_BEHIND_A_FIRM_ONE {

			@Override
			void step(FrameQueue queue, Random random, int i, int bound) {
				queue.add(frame(Kind.OLDEST), bound, bound, FrameQueueTests::ignore);
			}

		},

		ONE_KEY_BEHIND_MANY {

			@Override
			void step(FrameQueue queue, Random random, int i, int bound) {
				queue.add(frame(Kind.CONFLATE, (i < bound) ? i : 0), bound, bound, FrameQueueTests::ignore);
			}

		},

		MANY_KEYS {

			@Override
			void step(FrameQueue queue, Random random, int i, int bound) {
				queue.add(frame(Kind.CONFLATE, random.nextInt(bound / 2)), bound, bound, FrameQueueTests::ignore);
			}

		},

		/** The few that may go are behind many that may not. */
		EVERYTHING {

			@Override
			void step(FrameQueue queue, Random random, int i, int bound) {
				if (i < bound / 2) {
					queue.add(frame(Kind.NEWEST), bound, bound, FrameQueueTests::ignore);
					return;
				}
				Kind kind = List
					.of(Kind.OLDEST, Kind.OLDEST_BIG, Kind.CONFLATE, Kind.CONFLATE_BIG, Kind.NEWEST, Kind.FIRM)
					.get(random.nextInt((i % 50 == 0) ? 6 : 5));
				queue.add(frame(kind, random.nextInt(bound / 8)), bound, bound, FrameQueueTests::ignore);
			}

		},

		/** The peer reads a little, never all. */
		A_PEER_THAT_READS_SLOWLY {

			@Override
			void step(FrameQueue queue, Random random, int i, int bound) {
				EVERYTHING.step(queue, random, i, bound);
				if (i % 3 == 0 && queue.size() > bound / 3) {
					queue.poll();
				}
			}

		};

		abstract void step(FrameQueue queue, Random random, int i, int bound);

	}

	/** A queue and the model of it, doing the same. */
	private static final class Comparison {

		private final FrameQueue queue = new FrameQueue();

		private final Model model;

		private final List<Expendable> dropped = new ArrayList<>();

		private final int maxFrames;

		private final int maxBytes;

		Comparison(int maxFrames, int maxBytes) {
			this.maxFrames = maxFrames;
			this.maxBytes = maxBytes;
			this.model = new Model(maxFrames, maxBytes);
		}

		/** Add, or take out for {@code null}; {@code false} on overflow. */
		boolean apply(@Nullable Kind kind, int key) {
			if (kind == null) {
				takeOne();
				return true;
			}
			WireFrame frame = frame(kind, key);
			Result expected = this.model.add(frame);
			same(this.queue.add(frame, this.maxFrames, this.maxBytes, this.dropped::add), expected);
			if (expected == Result.OVERFLOW) {
				return false;
			}
			check();
			return true;
		}

		private void takeOne() {
			WireFrame expected = this.model.poll();
			same(this.queue.peek(), expected);
			same(this.queue.poll(), expected);
			check();
		}

		void drain() {
			while (!this.queue.isEmpty()) {
				takeOne();
			}
			same(this.model.frames.size(), 0);
		}

		private void check() {
			same(this.queue.size(), this.model.frames.size());
			same(this.queue.bytes(), this.model.bytes());
			same(this.queue.isExpendable(), this.model.frames.stream().noneMatch((each) -> each.expendable() == null));
			if (!this.dropped.equals(this.model.dropped)) {
				same(this.dropped, this.model.dropped);
			}
		}

		/** AssertJ is too slow for millions of these. */
		private static void same(@Nullable Object actual, @Nullable Object expected) {
			if (actual != expected && (actual == null || !actual.equals(expected))) {
				assertThat(actual).isEqualTo(expected);
			}
		}

	}

	/** The rules as they are written down, with a search for everything. */
	private static final class Model {

		private final List<WireFrame> frames = new ArrayList<>();

		private final List<Expendable> dropped = new ArrayList<>();

		private final int maxFrames;

		private final int maxBytes;

		private boolean conflating;

		Model(int maxFrames, int maxBytes) {
			this.maxFrames = maxFrames;
			this.maxBytes = maxBytes;
		}

		int bytes() {
			return this.frames.stream().mapToInt(WireFrame::size).sum();
		}

		Result add(WireFrame frame) {
			Expendable rule = frame.expendable();
			Policy policy = (rule != null) ? rule.policy() : null;
			boolean tooMuch = !fits(this.frames, frame);
			if (tooMuch && (policy == Policy.CONFLATE || (policy == null && anyExpendable()))) {
				this.conflating = true;
				conflate(null);
			}
			if (policy == Policy.CONFLATE && this.conflating) {
				conflate(frame);
			}
			if (!fits(this.frames, frame) && (policy == Policy.DROP_OLDEST || policy == null)) {
				dropOldest(frame);
			}
			if (fits(this.frames, frame)) {
				this.frames.add(frame);
				return Result.QUEUED;
			}
			if (rule == null || policy == Policy.CONFLATE) {
				return Result.OVERFLOW;
			}
			this.dropped.add(rule);
			return Result.DROPPED;
		}

		private boolean anyExpendable() {
			return this.frames.stream().anyMatch((frame) -> frame.expendable() != null);
		}

		private boolean fits(List<WireFrame> waiting, WireFrame frame) {
			return waiting.size() < this.maxFrames
					&& waiting.stream().mapToInt(WireFrame::size).sum() + frame.size() <= this.maxBytes;
		}

		private void conflate(@Nullable WireFrame coming) {
			List<WireFrame> all = new ArrayList<>(this.frames);
			all.addAll((coming != null) ? List.of(coming) : List.of());
			// The order of what is told is that of the newer ones.
			for (int newer = 0; newer < all.size(); newer++) {
				for (int older = 0; older < newer; older++) {
					if (sameKey(all.get(older), all.get(newer)) && this.frames.remove(all.get(older))) {
						this.dropped.add(rule(all.get(older)));
					}
				}
			}
		}

		private static boolean sameKey(WireFrame one, WireFrame other) {
			Expendable a = one.expendable();
			Expendable b = other.expendable();
			return a != null && b != null && a.policy() == Policy.CONFLATE && a.equals(b);
		}

		private void dropOldest(WireFrame frame) {
			List<WireFrame> rest = new ArrayList<>(this.frames);
			List<WireFrame> victims = new ArrayList<>();
			for (WireFrame candidate : this.frames) {
				Expendable rule = candidate.expendable();
				if (!fits(rest, frame) && rule != null && rule.policy() == Policy.DROP_OLDEST) {
					rest.remove(candidate);
					victims.add(candidate);
				}
			}
			if (fits(rest, frame)) {
				this.frames.removeAll(victims);
				victims.forEach((victim) -> this.dropped.add(rule(victim)));
			}
		}

		private static Expendable rule(WireFrame frame) {
			Expendable rule = frame.expendable();
			if (rule == null) {
				throw new AssertionError("not expendable");
			}
			return rule;
		}

		@Nullable WireFrame poll() {
			if (this.frames.isEmpty()) {
				return null;
			}
			WireFrame first = this.frames.remove(0);
			this.conflating &= !this.frames.isEmpty();
			return first;
		}

	}

}
