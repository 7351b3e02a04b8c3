package io.neffos.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.neffos.transport.Expendable;
import io.neffos.transport.Expendable.Policy;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait for one connection, in their order, and what is dropped when
 * there are too many. Not safe for concurrent use.
 * <p>
 * A message that may not be dropped never is, and what stays keeps its order. A message
 * that would pass a bound decides, by its own policy, what becomes of it:
 * <ul>
 * <li>{@link Policy#DROP_NEWEST}: it is dropped;
 * <li>{@link Policy#DROP_OLDEST}: as many of those with this policy as it needs are
 * dropped, the ones that have waited longest first; if all of them would not be enough,
 * it is dropped instead;
 * <li>{@link Policy#CONFLATE}: those for which there is a newer one with the same key are
 * dropped, and from then on, until nothing waits, each one is as soon as the newer one
 * comes; if that is not enough, there are too many keys and the queue overflows;
 * <li>none: first those for which there is a newer one are dropped, then the oldest ones
 * as above; if that is not enough, the queue overflows.
 * </ul>
 * What is dropped leaves a gap, which is closed when the array is full of them, so that
 * an addition takes constant time on average whatever the mix. Nothing is allocated for a
 * message, except while messages are conflated for one with a new key.
 */
final class FrameQueue {

	/** An array of at most this size is kept while nothing waits. */
	private static final int KEPT = 16;

	private static final @Nullable WireFrame[] NO_SLOTS = new WireFrame[0];

	/** As long as a power of two; a position modulo this is a slot. */
	private @Nullable WireFrame[] slots = NO_SLOTS;

	/** The position of the next message to leave, never a gap unless nothing waits. */
	private int head;

	private int tail;

	private int size;

	private int bytes;

	/** How many of those that wait may not be dropped. */
	private int firm;

	/** Exists from when room was first made until nothing waits. */
	private @Nullable Pressure pressure;

	/**
	 * Add a message.
	 * @param frame the message
	 * @param maxFrames how many may wait
	 * @param maxBytes how many bytes may wait
	 * @param dropped is told of every message that is dropped, perhaps of this one
	 * @return what became of it
	 */
	Result add(WireFrame frame, int maxFrames, int maxBytes, Consumer<Expendable> dropped) {
		Expendable rule = frame.expendable();
		if (this.pressure != null && rule != null && rule.policy() == Policy.CONFLATE) {
			supersede(this.pressure, rule, dropped);
		}
		if (fits(frame, maxFrames, maxBytes) || makeRoom(frame, rule, maxFrames, maxBytes, dropped)) {
			append(frame);
			return Result.QUEUED;
		}
		if (rule == null || rule.policy() == Policy.CONFLATE) {
			return Result.OVERFLOW;
		}
		dropped.accept(rule);
		return Result.DROPPED;
	}

	/**
	 * The next message.
	 * @return the message, which stays, or {@code null} if none waits
	 */
	@Nullable WireFrame peek() {
		return (this.size > 0) ? at(this.head) : null;
	}

	/**
	 * Take the next message.
	 * @return the message, or {@code null} if none waits
	 */
	@Nullable WireFrame poll() {
		if (this.size == 0) {
			return null;
		}
		WireFrame frame = remove(this.head);
		if (this.pressure != null) {
			this.pressure.left(frame);
		}
		if (this.size == 0) {
			clear();
		}
		return frame;
	}

	int size() {
		return this.size;
	}

	int bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return this.size == 0;
	}

	/**
	 * Whether everything that waits may be dropped, under one policy or another.
	 */
	boolean isExpendable() {
		return this.firm == 0;
	}

	/** Forget everything, and the memory it took. */
	void clear() {
		if (this.slots.length > KEPT) {
			this.slots = NO_SLOTS;
		}
		else {
			for (int at = this.head; at != this.tail; at++) {
				set(at, null);
			}
		}
		this.head = 0;
		this.tail = 0;
		this.size = 0;
		this.bytes = 0;
		this.firm = 0;
		this.pressure = null;
	}

	/** How many slots there are, used or not. */
	int capacity() {
		return this.slots.length;
	}

	/** How many slots were looked at since room was first made. */
	long steps() {
		return (this.pressure != null) ? this.pressure.steps : 0;
	}

	private boolean fits(WireFrame frame, int maxFrames, int maxBytes) {
		return this.size < maxFrames && (long) this.bytes + frame.size() <= maxBytes;
	}

	private boolean makeRoom(WireFrame frame, @Nullable Expendable rule, int maxFrames, int maxBytes,
			Consumer<Expendable> dropped) {
		Policy policy = (rule != null) ? rule.policy() : null;
		if (policy == Policy.DROP_NEWEST || (policy == null && this.firm == this.size)) {
			return false;
		}
		Pressure current = this.pressure;
		if (current == null) {
			current = measure();
			this.pressure = current;
		}
		if (policy != Policy.DROP_OLDEST) {
			conflate(current, dropped);
			if (rule != null) {
				supersede(current, rule, dropped);
			}
			if (rule != null || fits(frame, maxFrames, maxBytes)) {
				return fits(frame, maxFrames, maxBytes);
			}
		}
		return dropOldest(current, frame, maxFrames, maxBytes, dropped);
	}

	private Pressure measure() {
		Pressure result = new Pressure(this.head);
		for (int at = this.head; at != this.tail; at++) {
			WireFrame frame = at(at);
			result.steps++;
			if (frame != null && isOldest(frame)) {
				result.oldest++;
				result.oldestBytes += frame.size();
			}
		}
		return result;
	}

	private boolean dropOldest(Pressure current, WireFrame frame, int maxFrames, int maxBytes,
			Consumer<Expendable> dropped) {
		if (this.size - current.oldest >= maxFrames
				|| (long) this.bytes - current.oldestBytes + frame.size() > maxBytes) {
			return false;
		}
		int at = (current.oldestFrom - this.head < 0) ? this.head : current.oldestFrom;
		while (!fits(frame, maxFrames, maxBytes)) {
			WireFrame candidate = at(at);
			current.steps++;
			if (candidate != null && isOldest(candidate)) {
				drop(at, dropped);
			}
			at++;
		}
		current.oldestFrom = at;
		return true;
	}

	/** Drop all for which there is a newer one, and remember where the others are. */
	private void conflate(Pressure current, Consumer<Expendable> dropped) {
		if (current.newest != null) {
			return;
		}
		Map<@Nullable Object, Place> newest = new HashMap<>();
		current.newest = newest;
		for (int at = this.head; at != this.tail; at++) {
			WireFrame frame = at(at);
			current.steps++;
			Expendable rule = (frame != null) ? frame.expendable() : null;
			if (rule != null && rule.policy() == Policy.CONFLATE) {
				Place place = newest.get(rule.key());
				if (place != null) {
					drop(place.at, dropped);
				}
				newest.put(rule.key(), new Place(at));
			}
		}
	}

	/** Drop the one for which a newer one comes now. */
	private void supersede(Pressure current, Expendable rule, Consumer<Expendable> dropped) {
		Place place = (current.newest != null) ? current.newest.get(rule.key()) : null;
		if (place != null && place.waits) {
			place.waits = false;
			drop(place.at, dropped);
		}
	}

	private void append(WireFrame frame) {
		if (this.tail - this.head == this.slots.length) {
			extend();
		}
		set(this.tail, frame);
		this.size++;
		this.bytes += frame.size();
		Expendable rule = frame.expendable();
		if (rule == null) {
			this.firm++;
		}
		else if (this.pressure != null) {
			this.pressure.added(rule, frame.size(), this.tail);
		}
		this.tail++;
	}

	private void drop(int at, Consumer<Expendable> dropped) {
		Expendable rule = remove(at).expendable();
		if (rule != null) {
			dropped.accept(rule);
		}
	}

	/** Take a message out; a gap stays unless it was the next one. */
	private WireFrame remove(int at) {
		WireFrame frame = at(at);
		if (frame == null) {
			throw new IllegalStateException("Nothing waits at " + at);
		}
		set(at, null);
		this.size--;
		this.bytes -= frame.size();
		if (frame.expendable() == null) {
			this.firm--;
		}
		if (this.pressure != null && isOldest(frame)) {
			this.pressure.oldest--;
			this.pressure.oldestBytes -= frame.size();
		}
		while (this.head != this.tail && at(this.head) == null) {
			this.head++;
		}
		return frame;
	}

	/** Make room in the array: close the gaps if that gains enough, else enlarge it. */
	private void extend() {
		int length = this.slots.length;
		if (this.pressure != null && length - this.size > length / 4) {
			closeGaps(this.pressure);
			return;
		}
		@Nullable WireFrame[] larger = new WireFrame[(length == 0) ? 4 : Math.max(KEPT, length * 2)];
		for (int at = this.head; at != this.tail; at++) {
			larger[at & (larger.length - 1)] = at(at);
		}
		this.slots = larger;
	}

	private void closeGaps(Pressure current) {
		int to = this.head;
		for (int from = this.head; from != this.tail; from++) {
			WireFrame frame = at(from);
			current.steps++;
			if (from == current.oldestFrom) {
				current.oldestFrom = to;
			}
			if (frame != null && from != to) {
				set(from, null);
				set(to, frame);
				current.moved(frame, to);
			}
			to += (frame != null) ? 1 : 0;
		}
		if (current.oldestFrom == this.tail) {
			current.oldestFrom = to;
		}
		this.tail = to;
	}

	private @Nullable WireFrame at(int position) {
		return this.slots[position & (this.slots.length - 1)];
	}

	private void set(int position, @Nullable WireFrame frame) {
		this.slots[position & (this.slots.length - 1)] = frame;
	}

	private static boolean isOldest(WireFrame frame) {
		Expendable rule = frame.expendable();
		return rule != null && rule.policy() == Policy.DROP_OLDEST;
	}

	/** What becomes of a message. */
	enum Result {

		/** It waits. Others may have been dropped. */
		QUEUED,

		/** It was dropped. */
		DROPPED,

		/** It can neither wait nor be dropped: the peer is too slow. */
		OVERFLOW

	}

	/** What is known of the messages that wait, so that room is made without a search. */
	private static final class Pressure {

		private int oldest;

		private int oldestBytes;

		/** No {@link Policy#DROP_OLDEST} waits before this position. */
		private int oldestFrom;

		/** Where the newest of each key waits, once messages are conflated. */
		private @Nullable Map<@Nullable Object, Place> newest;

		private long steps;

		Pressure(int head) {
			this.oldestFrom = head;
		}

		void added(Expendable rule, int bytes, int at) {
			if (rule.policy() == Policy.DROP_OLDEST) {
				this.oldest++;
				this.oldestBytes += bytes;
			}
			else if (rule.policy() == Policy.CONFLATE && this.newest != null) {
				Place place = this.newest.get(rule.key());
				if (place == null) {
					this.newest.put(rule.key(), new Place(at));
				}
				else {
					place.at = at;
					place.waits = true;
				}
			}
		}

		void left(WireFrame frame) {
			Expendable rule = frame.expendable();
			if (this.newest != null && rule != null && rule.policy() == Policy.CONFLATE) {
				this.newest.remove(rule.key());
			}
		}

		void moved(WireFrame frame, int to) {
			Expendable rule = frame.expendable();
			Place place = (this.newest != null && rule != null && rule.policy() == Policy.CONFLATE)
					? this.newest.get(rule.key()) : null;
			if (place != null) {
				place.at = to;
			}
		}

	}

	private static final class Place {

		private int at;

		private boolean waits = true;

		Place(int at) {
			this.at = at;
		}

	}

}
