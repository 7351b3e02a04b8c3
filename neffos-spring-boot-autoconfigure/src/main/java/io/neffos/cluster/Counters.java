package io.neffos.cluster;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of the traffic between servers; it only grows. */
final class Counters {

	final LongAdder published = new LongAdder();

	final LongAdder delivered = new LongAdder();

	final LongAdder refused = new LongAdder();

	final LongAdder lost = new LongAdder();

	final LongAdder overrun = new LongAdder();

	final LongAdder ignored = new LongAdder();

	final AtomicLong connects = new AtomicLong();

}
