package io.neffos.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.neffos.BodyCodec;
import io.neffos.Message;
import io.neffos.NeffosException;
import io.neffos.Overflow;
import io.neffos.SystemEvents;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.protocol.NativeMode;
import io.neffos.transport.Expendable;
import io.neffos.transport.WireFrame;
import org.jspecify.annotations.Nullable;

/** Turns messages of the application into what is written. */
public final class Outgoing {

	private static final byte[] NO_BYTES = new byte[0];

	private Outgoing() {
	}

	/**
	 * Encode an event.
	 * @param message the message
	 * @param codec what writes objects
	 * @param overflow what becomes of it for connections that do not keep up
	 * @return the message, encoded
	 * @throws NeffosException if the body cannot be sent
	 */
	public static WireFrame event(Message message, BodyCodec codec, Overflow overflow) {
		Frame frame = frame(message, "", codec);
		// Who sends an error, or what only the library may say, wants it to arrive.
		boolean firm = message.isError() || (!message.isNative() && SystemEvents.isSystemEvent(message.event()));
		return encode(frame, firm ? null
				: expendable(message.namespace(), message.room(), message.event(), message.key(), overflow));
	}

	/**
	 * Encode a copy of a member's message for the members of its room.
	 * @param frame the message of the member
	 * @param overflow what becomes of the copy for connections that do not keep up
	 * @return the copy, encoded
	 */
	public static WireFrame relay(Frame frame, Overflow overflow) {
		Frame copy = Frame.event(frame.namespace(), frame.room(), frame.event(), frame.body(), frame.binary());
		return encode(copy, expendable(frame.namespace(), frame.room(), frame.event(), null, overflow));
	}

	/**
	 * A message of another server, which has encoded it.
	 * @param bytes the message as clients get it
	 * @param binary whether it is a binary message
	 * @param plain whether it is a native message, which has no header
	 * @param key what it is about, or {@code null}
	 * @param overflow what becomes of it for connections that do not keep up
	 * @return the message
	 */
	public static WireFrame foreign(byte[] bytes, boolean binary, boolean plain, @Nullable String key,
			Overflow overflow) {
		Frame frame = (plain || overflow == Overflow.CLOSE) ? null : FrameCodec.decode(bytes, binary, NativeMode.OFF);
		if (frame == null || frame.error() || SystemEvents.isSystemEvent(frame.event())) {
			return new WireFrame(bytes, binary,
					plain ? expendable("", "", SystemEvents.NATIVE_MESSAGE, key, overflow) : null);
		}
		return new WireFrame(bytes, binary, expendable(frame.namespace(), frame.room(), frame.event(), key, overflow));
	}

	/**
	 * Encode an event of another server as an ask of this one.
	 * @param event the event
	 * @param token the token of the ask
	 * @return the ask, encoded
	 */
	public static WireFrame ask(Frame event, String token) {
		return encode(
				Frame.request(token, event.namespace(), event.room(), event.event(), event.body(), event.binary()),
				null);
	}

	/**
	 * What an observer is told about messages that were dropped.
	 * @param policy what they were dropped by
	 * @return the same, as applications name it
	 */
	public static Overflow overflow(Expendable.Policy policy) {
		return switch (policy) {
			case DROP_OLDEST -> Overflow.DROP_OLDEST;
			case DROP_NEWEST -> Overflow.DROP_NEWEST;
			case CONFLATE -> Overflow.CONFLATE;
		};
	}

	private static @Nullable Expendable expendable(String namespace, String room, String event, @Nullable String key,
			Overflow overflow) {
		return switch (overflow) {
			case CLOSE -> null;
			case DROP_OLDEST -> new Expendable(namespace, Expendable.Policy.DROP_OLDEST, null);
			case DROP_NEWEST -> new Expendable(namespace, Expendable.Policy.DROP_NEWEST, null);
			case CONFLATE ->
				new Expendable(namespace, Expendable.Policy.CONFLATE, new Subject(namespace, room, event, key));
		};
	}

	/**
	 * Encode an event or, with a token, an ask. It is never dropped for a connection that
	 * does not keep up.
	 * @param message the message
	 * @param token the token, empty for none
	 * @param codec what writes objects
	 * @return the message, encoded
	 * @throws NeffosException if the body cannot be sent
	 */
	public static WireFrame encode(Message message, String token, BodyCodec codec) {
		return encode(frame(message, token, codec), null);
	}

	private static Frame frame(Message message, String token, BodyCodec codec) {
		byte[] body = body(message.payload(), message.isBinary(), codec);
		if (message.error() != null) {
			return Frame.error(token, message.namespace(), message.room(), message.event(), message.error());
		}
		if (message.isNative() && token.isEmpty()) {
			return Frame.nativeMessage(body, message.isBinary());
		}
		return Frame.request(token, message.namespace(), message.room(), message.event(), body, message.isBinary());
	}

	static WireFrame encode(Frame frame) {
		return encode(frame, null);
	}

	private static WireFrame encode(Frame frame, @Nullable Expendable expendable) {
		return new WireFrame(FrameCodec.encode(frame), frame.binary(), expendable);
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

	/** What a conflated message is about. */
	private record Subject(String namespace, String room, String event, @Nullable String key) {
	}

}
