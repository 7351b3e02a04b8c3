package io.neffos.client.jdk;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** The server's end of one connection, frame by frame. */
final class HandPeer implements AutoCloseable {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int BINARY = 2;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	private final Socket socket;

	private final DataInputStream in;

	private final List<String> head;

	HandPeer(Socket socket) throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout(HandServer.PATIENCE_MILLIS);
		this.in = new DataInputStream(socket.getInputStream());
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			request.append((char) this.in.readUnsignedByte());
		}
		this.head = request.toString().lines().toList();
	}

	String requestLine() {
		return this.head.get(0);
	}

	/** The values of a header. */
	List<String> header(String name) {
		String prefix = name.toLowerCase(Locale.ROOT) + ": ";
		return this.head.stream()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
			.map((line) -> line.substring(prefix.length()))
			.toList();
	}

	void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	void answer(String head) throws IOException {
		write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
	}

	/** Switch to WebSocket, and send more bytes at the same moment. */
	void open(String moreHeaders, byte[] more) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + acceptKey() + "\r\n" + moreHeaders + "\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		out.writeBytes(more);
		write(out.toByteArray());
	}

	void open() throws IOException {
		open("", new byte[0]);
	}

	private String acceptKey() {
		try {
			byte[] key = (header("Sec-WebSocket-Key").get(0) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
				.getBytes(StandardCharsets.US_ASCII);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static byte[] frame(boolean last, int opcode, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
		frame.put((byte) ((last ? 0x80 : 0) | opcode));
		if (payload.length < 126) {
			frame.put((byte) payload.length);
		}
		else if (payload.length < 65_536) {
			frame.put((byte) 126).putShort((short) payload.length);
		}
		else {
			frame.put((byte) 127).putLong(payload.length);
		}
		frame.put(payload);
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

	static byte[] text(String text) {
		return frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
	}

	static byte[] close(int code, String reason) {
		byte[] text = reason.getBytes(StandardCharsets.UTF_8);
		return frame(true, CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
	}

	/** The next message, put together, or the next control frame. */
	Received next() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int opcode = CONTINUATION;
		while (true) {
			int first = this.in.readUnsignedByte();
			long length = this.in.readUnsignedByte() & 0x7f;
			if (length == 126) {
				length = this.in.readUnsignedShort();
			}
			else if (length == 127) {
				length = this.in.readLong();
			}
			byte[] mask = this.in.readNBytes(4);
			byte[] payload = this.in.readNBytes((int) length);
			for (int i = 0; i < payload.length; i++) {
				payload[i] ^= mask[i % 4];
			}
			message.writeBytes(payload);
			opcode = ((first & 0xf) != CONTINUATION) ? first & 0xf : opcode;
			if ((first & 0x80) != 0) {
				return new Received(opcode, message.toByteArray());
			}
		}
	}

	/** Wait until the client has ended its direction, whatever comes before. */
	void awaitEnd() {
		try {
			this.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The client did not end the connection", ex);
		}
		catch (IOException ex) {
			// A reset ends it as well.
		}
	}

	/** Wait until the client accepts nothing any more. */
	void awaitReset() {
		byte[] chunk = new byte[1_024];
		try {
			while (true) {
				write(chunk);
			}
		}
		catch (IOException ex) {
			// This is what was waited for.
		}
	}

	/** Vanish with a reset, without any frame. */
	void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/** What the client sent: the opcode of its first frame, and all its content. */
	static final class Received {

		private final int opcode;

		private final byte[] payload;

		Received(int opcode, byte[] payload) {
			this.opcode = opcode;
			this.payload = payload;
		}

		int opcode() {
			return this.opcode;
		}

		byte[] payload() {
			return this.payload;
		}

		String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

		/** Code and text of a close frame. */
		String reason() {
			ByteBuffer buffer = ByteBuffer.wrap(this.payload);
			return buffer.getShort() + " " + StandardCharsets.UTF_8.decode(buffer);
		}

	}

}
