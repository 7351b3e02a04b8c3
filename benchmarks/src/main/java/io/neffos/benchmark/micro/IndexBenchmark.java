package io.neffos.benchmark.micro;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.neffos.NSConn;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The index of rooms under joins, leaves and snapshots. A pair is what a client's two
 * requests cost, from the frames to the replies; the index is the part of it that depends
 * on the size of the room and on who else is at work.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexBenchmark {

	private static final String LOBBY = "lobby";

	/** Members that stay in the room. */
	@Param({ "10", "1000" })
	public int members;

	private final MemoryServer memory = new MemoryServer();

	private final AtomicInteger ids = new AtomicInteger();

	/** Fill the room. */
	@Setup
	public void fill() {
		for (int i = 0; i < this.members; i++) {
			this.memory.connect("member" + i).join(LOBBY);
		}
	}

	/** Close everything. */
	@TearDown
	public void close() {
		this.memory.close();
	}

	/**
	 * Into a room that lives, and out of it.
	 * @param client who does it
	 */
	@Benchmark
	public void joinAndLeave(Client client) {
		client.joinAndLeave(LOBBY);
	}

	/**
	 * The same, four at once in one room.
	 * @param client who does it
	 */
	@Benchmark
	@Threads(4)
	public void joinAndLeaveContended(Client client) {
		client.joinAndLeave(LOBBY);
	}

	/**
	 * Into a room that this creates, and out of it, which ends it.
	 * @param client who does it
	 */
	@Benchmark
	public void joinAndLeaveAlone(Client client) {
		client.joinAndLeave("alone");
	}

	/**
	 * List the members.
	 * @return the members
	 */
	@Benchmark
	public List<NSConn> snapshot() {
		return Objects.requireNonNull(this.memory.server().room(MemoryServer.NAMESPACE, LOBBY)).members();
	}

	/** A connection for each thread. */
	@State(Scope.Thread)
	public static class Client {

		private MemoryServer.@Nullable Client connection;

		/**
		 * Connect.
		 * @param index where to
		 */
		@Setup
		public void connect(IndexBenchmark index) {
			this.connection = index.memory.connect("client" + index.ids.incrementAndGet());
		}

		void joinAndLeave(String room) {
			MemoryServer.Client client = Objects.requireNonNull(this.connection);
			client.join(room);
			client.leave(room);
		}

	}

}
