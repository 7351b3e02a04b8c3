package io.neffos.benchmark.micro;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.protocol.NativeMode;
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
import org.openjdk.jmh.annotations.Warmup;

/** A frame into bytes, and bytes into a frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

	/** Bytes of the body. */
	@Param({ "0", "128", "4096" })
	public int body;

	private Frame frame = Frame.event("", "", "", new byte[0], false);

	private byte[] bytes = new byte[0];

	/** Make the frame. */
	@Setup
	public void prepare() {
		byte[] content = new byte[this.body];
		Arrays.fill(content, (byte) 'x');
		this.frame = Frame.event("default", "lobby1", "chat", content, false);
		this.bytes = FrameCodec.encode(this.frame);
	}

	/**
	 * Write.
	 * @return the bytes
	 */
	@Benchmark
	public byte[] encode() {
		return FrameCodec.encode(this.frame);
	}

	/**
	 * Read.
	 * @return the frame
	 */
	@Benchmark
	public @Nullable Frame decode() {
		return FrameCodec.decode(this.bytes, false, NativeMode.OFF);
	}

}
