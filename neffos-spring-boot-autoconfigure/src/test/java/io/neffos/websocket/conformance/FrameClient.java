package io.neffos.websocket.conformance;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.neffos.framing.ClientFrames;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that sends any frames in pieces of any size, and looks closely at each frame
 * that comes back.
 */
final class FrameClient implements AutoCloseable {

	private static final int CLOSE = 8;

	private static final int CLOSE_BY_CLIENT = 1000;

	private final Socket socket = new Socket();

	private final DataInputStream in;

	private int piece = Integer.MAX_VALUE;

	FrameClient(int port, int patienceMillis) throws IOException {
		this.socket.setTcpNoDelay(true);
		this.socket.setSoTimeout(patienceMillis);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream(), 65536));
		this.socket.getOutputStream()
			.write(("GET " + EchoServer.PATH + " HTTP/1.1\r\nHost: localhost:" + port
					+ "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
					+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) this.in.readUnsignedByte());
		}
		assertThat(head).startsWith("HTTP/1.1 101 ");
	}

	/** From now on, write so many bytes at once at most. */
	FrameClient inPiecesOf(int bytes) {
		this.piece = bytes;
		return this;
	}

	FrameClient send(ClientFrames frames) throws IOException {
		byte[] bytes = frames.toBytes();
		OutputStream out = this.socket.getOutputStream();
		for (int at = 0; at < bytes.length;) {
			int count = Math.min(this.piece, bytes.length - at);
			out.write(bytes, at, count);
			at += count;
		}
		return this;
	}

	FrameClient expectText(byte[] content) throws IOException {
		return expect(1, content);
	}

	FrameClient expectText(String content) throws IOException {
		return expectText(content.getBytes(StandardCharsets.UTF_8));
	}

	FrameClient expectBinary(byte[] content) throws IOException {
		return expect(2, content);
	}

	FrameClient expectPong(byte[] content) throws IOException {
		return expect(10, content);
	}

	FrameClient expect(int opcode, byte[] content) throws IOException {
		Reply reply = next();
		assertThat(reply.opcode()).as("opcode of %s", reply).isEqualTo(opcode);
		assertThat(reply.content()).hasSize(content.length);
		assertThat(Arrays.mismatch(reply.content(), content)).as("first difference").isEqualTo(-1);
		return this;
	}

	/** Close the connection in order; nothing comes any more but the answer. */
	void finish() throws IOException {
		send(new ClientFrames().close(CLOSE_BY_CLIENT, "finished"));
		closed(CLOSE_BY_CLIENT);
	}

	/** The server answers the close frame that was sent, then ends the stream. */
	void closed(int code) throws IOException {
		expectClose(next(), code);
		awaitEnd();
	}

	/** The server fails the connection with a code; it is told that this was seen. */
	void failed(int code) throws IOException {
		Reply reply = next();
		this.piece = Integer.MAX_VALUE;
		try {
			send(new ClientFrames().frame(0x88, reply.content()));
		}
		catch (IOException ex) {
			// It may have ended already.
		}
		expectClose(reply, code);
		awaitEnd();
	}

	private static void expectClose(Reply reply, int code) {
		assertThat(reply.opcode()).as("opcode of %s", reply).isEqualTo(CLOSE);
		assertThat(reply.code()).isEqualTo(code);
	}

	/** End this direction; the other stays open. */
	FrameClient end() throws IOException {
		this.socket.shutdownOutput();
		return this;
	}

	/** The server ends the stream and says nothing more. */
	void awaitEnd() throws IOException {
		int more;
		try {
			more = this.in.read();
		}
		catch (SocketTimeoutException ex) {
			throw new AssertionError("The server did not end the connection", ex);
		}
		catch (IOException ex) {
			// A reset, if the server ends without having read all.
			more = -1;
		}
		assertThat(more).as("nothing comes after the close frame").isEqualTo(-1);
	}

	/** The next message, pong or close. */
	Reply next() throws IOException {
		ByteArrayOutputStream message = new ByteArrayOutputStream();
		int opcode = -1;
		while (true) {
			int first = this.in.readUnsignedByte();
			byte[] content = content();
			assertThat(first & 0x70).as("reserved bits").isZero();
			if ((first & 8) != 0) {
				assertThat(first & 0x80).as("control frames are not fragmented").isNotZero();
				assertThat(content.length).as("size of a control frame").isLessThan(126);
				return new Reply(first & 15, content);
			}
			assertThat(first & 15).as("opcode").isIn((opcode < 0) ? new Object[] { 1, 2 } : new Object[] { 0 });
			opcode = (opcode < 0) ? first & 15 : opcode;
			if ((first & 0x80) != 0) {
				if (message.size() == 0) {
					return new Reply(opcode, content);
				}
				message.writeBytes(content);
				return new Reply(opcode, message.toByteArray());
			}
			message.writeBytes(content);
		}
	}

	private byte[] content() throws IOException {
		long length = this.in.readUnsignedByte();
		assertThat(length).as("length of a frame without mask").isLessThan(128);
		if (length == 126) {
			length = this.in.readUnsignedShort();
			assertThat(length).as("length in two bytes").isGreaterThan(125);
		}
		else if (length == 127) {
			length = this.in.readLong();
			assertThat(length).as("length in eight bytes").isBetween(65536L, (long) Integer.MAX_VALUE);
		}
		byte[] content = new byte[(int) length];
		this.in.readFully(content);
		return content;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
