package io.neffos.websocket.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.neffos.framing.ClientFrames;

/**
 * All that a server answered to a stream of bytes.
 *
 * @param messages messages that came back, in their order
 * @param pongs what was in the pongs, in their order
 * @param close the code of the close frame, 0 without any
 */
public record Outcome(List<String> messages, List<String> pongs, int close) {

	private static final int PATIENCE_MILLIS = 10_000;

	/**
	 * Send a stream, in pieces of random sizes, then end it.
	 * @param port where the server listens
	 * @param stream the bytes
	 * @param random decides the sizes
	 * @return what came back
	 * @throws IOException if there is no connection
	 */
	public static Outcome of(int port, byte[] stream, Random random) throws IOException {
		try (FrameClient client = new FrameClient(port, PATIENCE_MILLIS)) {
			boolean small = random.nextInt(4) == 0;
			try {
				for (int at = 0; at < stream.length;) {
					int count = Math.min(stream.length - at, 1 + random.nextInt(small ? 5 : 400));
					client.send(new ClientFrames().add(stream, at, count));
					at += count;
				}
			}
			catch (IOException ex) {
				// The server has failed the connection; it tells why.
			}
			return listen(client);
		}
	}

	private static Outcome listen(FrameClient client) throws IOException {
		List<String> messages = new ArrayList<>();
		List<String> pongs = new ArrayList<>();
		int close = 0;
		try {
			while (close == 0) {
				Reply reply = client.next();
				switch (reply.opcode()) {
					case 1 -> messages.add("text " + new String(reply.content(), StandardCharsets.UTF_8));
					case 2 -> messages.add("binary " + HexFormat.of().formatHex(reply.content()));
					case 10 -> pongs.add(HexFormat.of().formatHex(reply.content()));
					default -> close = reply.code();
				}
			}
			client.awaitEnd();
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server did not end the connection", ex);
		}
		catch (EOFException ex) {
			return new Outcome(messages, pongs, close);
		}
		return new Outcome(messages, pongs, close);
	}

}
