package io.neffos.framing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Writes the bytes of frames as clients send them, right or wrong. */
public final class ClientFrames {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final Random random;

	public ClientFrames(Random random) {
		this.random = random;
	}

	public ClientFrames() {
		this(new Random(6455));
	}

	public ClientFrames text(String text) {
		return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
	}

	public ClientFrames close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		return frame(0x88, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
	}

	/** A frame with the shortest length there is for it. */
	public ClientFrames frame(int first, byte... content) {
		return frame(first, (content.length < 126) ? 0 : (content.length < 65536) ? 2 : 8, content);
	}

	/** A frame with so many bytes of length after the first two. */
	public ClientFrames frame(int first, int lengthBytes, byte... content) {
		header(first, lengthBytes, content.length);
		byte[] mask = new byte[4];
		this.random.nextBytes(mask);
		this.out.writeBytes(mask);
		for (int i = 0; i < content.length; i++) {
			this.out.write(content[i] ^ mask[i % 4]);
		}
		return this;
	}

	/** What comes before the mask. */
	public ClientFrames header(int first, int lengthBytes, long length) {
		this.out.write(first);
		switch (lengthBytes) {
			case 0 -> this.out.write(0x80 | (int) length);
			case 2 -> bytes(0x80 | 126, (int) (length >> 8), (int) length);
			default -> {
				this.out.write(0x80 | 127);
				this.out.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
			}
		}
		return this;
	}

	public ClientFrames bytes(int... bytes) {
		Arrays.stream(bytes).forEach(this.out::write);
		return this;
	}

	public ClientFrames add(byte[] bytes) {
		this.out.writeBytes(bytes);
		return this;
	}

	public ClientFrames add(ClientFrames others) {
		this.out.writeBytes(others.toBytes());
		return this;
	}

	public ClientFrames add(byte[] bytes, int from, int count) {
		this.out.write(bytes, from, count);
		return this;
	}

	public int size() {
		return this.out.size();
	}

	public byte[] toBytes() {
		return this.out.toByteArray();
	}

}
