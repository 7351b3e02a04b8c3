package io.neffos.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.neffos.BodyCodec;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** Turns messages of the application into what is written. */
public final class Outgoing {

	private static final byte[] NO_BYTES = new byte[0];

	private Outgoing() {
	}

	/**
	 * Encode an event or, with a token, an ask.
	 * @param message the message
	 * @param token the token, empty for none
	 * @param codec what writes objects
	 * @return the message, encoded
	 * @throws NeffosException if the body cannot be sent
	 */
	public static WireFrame encode(Message message, String token, BodyCodec codec) {
		byte[] body = body(message.payload(), message.isBinary(), codec);
		Frame frame;
		if (message.error() != null) {
			frame = Frame.error(token, message.namespace(), message.room(), message.event(), message.error());
		}
		else if (message.isNative() && token.isEmpty()) {
			frame = Frame.nativeMessage(body, message.isBinary());
		}
		else {
			frame = Frame.request(token, message.namespace(), message.room(), message.event(), body,
					message.isBinary());
		}
		return encode(frame);
	}

	static WireFrame encode(Frame frame) {
		return new WireFrame(FrameCodec.encode(frame), frame.binary());
	}

	static byte[] body(@Nullable Object payload, boolean binary, BodyCodec codec) {
		if (payload == null) {
			return NO_BYTES;
		}
		if (payload instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		byte[] bytes = (payload instanceof byte[] given) ? given : codec.encode(payload);
		if (!binary && !isUtf8(bytes)) {
			// A text frame with other bytes makes browsers close the connection (protocol
			// 3).
			throw new NeffosException("The body is not UTF-8, so it cannot be sent as text: send it as binary");
		}
		return bytes;
	}

	private static boolean isUtf8(byte[] bytes) {
		int at = 0;
		while (at < bytes.length && bytes[at] >= 0) {
			at++;
		}
		if (at == bytes.length) {
			return true;
		}
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, bytes.length - at));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
