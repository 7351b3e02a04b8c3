package io.neffos.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** A WebSocket client over plain TCP, which can do what well-behaved ones do not. */
final class RawClient implements AutoCloseable {

	static final int CONTINUATION = 0;

	static final int TEXT = 1;

	static final int CLOSE = 8;

	static final int PING = 9;

	static final int PONG = 10;

	private static final String KEY = "Sec-WebSocket-Key: ";

	private static final int PATIENCE_MILLIS = 20_000;

	private static final byte[] MASK = { 1, 2, 3, 4 };

	private final Socket socket;

	private final DataInputStream in;

	private final String response;

	RawClient(RealServer server, int receiveBuffer, String... headers) throws IOException {
		this(server, receiveBuffer, new byte[0], headers);
	}

	/** Sends something together with the request, before it can know the answer. */
	RawClient(RealServer server, int receiveBuffer, byte[] behind, String... headers) throws IOException {
		Socket plain = new Socket();
		plain.setReceiveBufferSize(receiveBuffer);
		plain.setSoTimeout(PATIENCE_MILLIS);
		plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
		TestTls tls = server.tls();
		this.socket = (tls != null)
				? tls.client().getSocketFactory().createSocket(plain, "localhost", server.port(), true) : plain;
		StringBuilder request = new StringBuilder("GET " + RealServer.PATH + " HTTP/1.1\r\nHost: localhost:"
				+ server.port() + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
		if (Arrays.stream(headers).noneMatch((header) -> header.startsWith(KEY))) {
			request.append(KEY).append("dGhlIHNhbXBsZSBub25jZQ==\r\n");
		}
		for (String header : headers) {
			request.append(header).append("\r\n");
		}
		byte[] head = request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
		this.socket.getOutputStream()
			.write(ByteBuffer.allocate(head.length + behind.length).put(head).put(behind).array());
		this.in = new DataInputStream(this.socket.getInputStream());
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("\r\n\r\n") < 0) {
			answer.append((char) this.in.readUnsignedByte());
		}
		this.response = answer.toString();
	}

	/** A client that is acknowledged and connected. */
	static RawClient chat(RealServer server, int receiveBuffer) throws IOException {
		RawClient client = new RawClient(server, receiveBuffer);
		client.frame(true, TEXT, "M");
		assertThat(client.next()).startsWith("A");
		client.frame(true, TEXT, "$1;chat;;_OnNamespaceConnect;0;0;");
		assertThat(client.next()).isEqualTo("$1;;;;;;");
		return client;
	}

	/** Status line and headers, in lower case. */
	String response() {
		return this.response.toLowerCase(Locale.ROOT);
	}

	void frame(boolean last, int opcode, String payload) throws IOException {
		frame(last, opcode, payload.getBytes(StandardCharsets.UTF_8));
	}

	void frame(boolean last, int opcode, byte[] payload) throws IOException {
		send(encode(last, opcode, payload));
	}

	/** Send bytes that need not be whole frames. */
	void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	static byte[] encode(boolean last, int opcode, byte[] payload) {
		ByteBuffer buffer = ByteBuffer.allocate(payload.length + 14);
		buffer.put((byte) ((last ? 0x80 : 0) | opcode));
		if (payload.length < 126) {
			buffer.put((byte) (0x80 | payload.length));
		}
		else {
			buffer.put((byte) (0x80 | 126)).putShort((short) payload.length);
		}
		buffer.put(MASK);
		for (int i = 0; i < payload.length; i++) {
			buffer.put((byte) (payload[i] ^ MASK[i % 4]));
		}
		return Arrays.copyOf(buffer.array(), buffer.position());
	}

	/** The next message as text, the code of a close frame, "ping", or a pong. */
	String next() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		while (true) {
			int first = this.in.readUnsignedByte();
			int length = this.in.readUnsignedByte();
			length = (length == 126) ? this.in.readUnsignedShort() : length;
			byte[] payload = new byte[length];
			this.in.readFully(payload);
			switch (first & 0xf) {
				case CLOSE -> {
					return "close " + ByteBuffer.wrap(payload).getShort();
				}
				case PING -> {
					return "ping";
				}
				case PONG -> {
					return "pong " + new String(payload, StandardCharsets.UTF_8);
				}
				default -> {
				}
			}
			message.writeBytes(payload);
			if ((first & 0x80) != 0) {
				return message.toString(StandardCharsets.UTF_8);
			}
		}
	}

	/** The end of the stream, whatever comes before. */
	void awaitEnd() {
		try {
			this.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server did not end the connection", ex);
		}
		catch (IOException ex) {
			// A reset ends it as well.
		}
	}

	/** End this direction only. */
	void shutdownOutput() throws IOException {
		this.socket.shutdownOutput();
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

}
