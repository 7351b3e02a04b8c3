package io.neffos.benchmark.micro;

import java.util.concurrent.TimeUnit;

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
import org.openjdk.jmh.annotations.Warmup;

/** One message to all members of a room, until the last socket has it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BroadcastBenchmark {

	/** Members of the room. */
	@Param({ "10", "1000" })
	public int members;

	/** Connections that are in the namespace but not in the room. */
	@Param({ "0", "10000" })
	public int others;

	private final byte[] body = new byte[128];

	private final MemoryServer memory = new MemoryServer();

	/** Fill the room. */
	@Setup
	public void fill() {
		for (int i = 0; i < this.members; i++) {
			this.memory.connect("member" + i).join("lobby");
		}
		for (int i = 0; i < this.others; i++) {
			this.memory.connect("other" + i);
		}
	}

	/** Close everything. */
	@TearDown
	public void close() {
		this.memory.close();
	}

	/** Broadcast. */
	@Benchmark
	public void broadcast() {
		long before = this.memory.written();
		this.memory.server().namespace(MemoryServer.NAMESPACE).room("lobby").emitBinary("chat", this.body);
		this.memory.awaitWritten(before + this.members);
	}

}
