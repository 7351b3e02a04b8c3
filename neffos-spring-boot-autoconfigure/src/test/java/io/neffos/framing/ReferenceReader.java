package io.neffos.framing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a stream that lies there as a whole, in the plainest way. It knows what it is
 * told by {@link FrameParser} being compared with it, and nothing of how that does it.
 */
public final class ReferenceReader {

	private final byte[] stream;

	private final int max;

	private final List<String> events = new ArrayList<>();

	private int at;

	private ReferenceReader(byte[] stream, int max) {
		this.stream = stream;
		this.max = max;
	}

	public static List<String> read(byte[] stream, int max) {
		ReferenceReader reader = new ReferenceReader(stream, max);
		try {
			reader.all();
		}
		catch (Stop stop) {
			reader.events.add(stop.getMessage());
		}
		return reader.events;
	}

	private void all() throws Stop {
		ByteArrayOutputStream message = null;
		boolean binary = false;
		while (this.at < this.stream.length || message != null) {
			int first = next();
			int opcode = first & 15;
			boolean fin = first >= 128;
			require((first >> 4 & 7) == 0 && List.of(0, 1, 2, 8, 9, 10).contains(opcode));
			require(opcode >= 8 ? fin : (opcode == 0) == (message != null));
			int second = next();
			require(second >= 128 && (opcode < 8 || second <= 128 + 125));
			long length = second & 127;
			if (length >= 126) {
				length = number((length == 126) ? 2 : 8);
			}
			require(length >= 0);
			if (opcode < 8) {
				int before = (message != null) ? message.size() : 0;
				if (length > this.max - before) {
					throw new Stop("error 1009");
				}
			}
			byte[] mask = { (byte) next(), (byte) next(), (byte) next(), (byte) next() };
			byte[] content = Arrays.copyOfRange(this.stream, this.at,
					Math.min(this.stream.length, this.at + (int) length));
			for (int i = 0; i < content.length; i++) {
				content[i] ^= mask[i % 4];
			}
			this.at += content.length;
			boolean cut = content.length < length;
			if (opcode < 8) {
				if (message == null) {
					message = new ByteArrayOutputStream();
					binary = opcode == 2;
				}
				message.writeBytes(content);
				byte[] bytes = message.toByteArray();
				if (!binary && !((fin && !cut) ? isText(bytes) : mayBecomeText(bytes))) {
					throw new Stop("error 1007");
				}
			}
			if (cut) {
				throw new Stop("unfinished");
			}
			switch (opcode) {
				case 8 -> close(content);
				case 9 -> this.events.add(Told.ping(content));
				case 10 -> this.events.add(Told.pong(content));
				default -> {
					if (fin) {
						this.events.add(Told.message(message.toByteArray(), binary));
						message = null;
					}
				}
			}
			if (opcode == 8) {
				return;
			}
		}
	}

	private void close(byte[] content) throws Stop {
		require(content.length != 1);
		if (content.length == 0) {
			this.events.add(Told.close(1005, ""));
			return;
		}
		int code = ByteBuffer.wrap(content).getShort() & 0xffff;
		require(code >= 1000 && code < 5000 && (code < 1015 || code >= 3000)
				&& !List.of(1004, 1005, 1006).contains(code));
		byte[] reason = Arrays.copyOfRange(content, 2, content.length);
		if (!isText(reason)) {
			throw new Stop("error 1007");
		}
		this.events.add(Told.close(code, new String(reason, StandardCharsets.UTF_8)));
	}

	private long number(int bytes) throws Stop {
		long number = 0;
		for (int i = 0; i < bytes; i++) {
			number = (number << 8) + next();
		}
		return number;
	}

	private int next() throws Stop {
		if (this.at == this.stream.length) {
			throw new Stop("unfinished");
		}
		return this.stream[this.at++] & 0xff;
	}

	private static void require(boolean allowed) throws Stop {
		if (!allowed) {
			throw new Stop("error 1002");
		}
	}

	static boolean isText(byte[] bytes) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

	/**
	 * A cut character can be completed by the smallest or by the largest bytes that
	 * continue one.
	 */
	static boolean mayBecomeText(byte[] bytes) {
		for (int more = 0; more <= 3; more++) {
			byte[] longer = Arrays.copyOf(bytes, bytes.length + more);
			for (int filler : new int[] { 0x80, 0xbf }) {
				Arrays.fill(longer, bytes.length, longer.length, (byte) filler);
				if (isText(longer)) {
					return true;
				}
			}
		}
		return false;
	}

	private static final class Stop extends Exception {

		private static final long serialVersionUID = 1L;

		Stop(String how) {
			super(how);
		}

	}

}
