package io.neffos.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Turns frames into bytes and back (protocol section 3), byte for byte as the original Go
 * implementation does. Stateless; any thread may call it, nothing blocks.
 * <p>
 * Seven fields stand between six separators:
 * {@code wait;namespace;room;event;error;noOp;body}. The body is everything after the
 * sixth. In namespace, room and event a separator is replaced by a marker; a name that
 * holds the marker itself arrives with a {@code ;} in its place.
 *
 * @since 0.1.0
 */
public final class FrameCodec {

	/** The event of a message without neffos structure (protocol section 12). */
	public static final String NATIVE_EVENT = "_OnNativeMessage";

	static final char SEPARATOR = ';';

	private static final String ESCAPED_SEPARATOR = "@%!semicolon@%!";

	private static final char EXCHANGE_MARK = '!';

	private FrameCodec() {
	}

	/**
	 * Read one WebSocket message. Never throws, whatever the bytes are.
	 * @param bytes the whole message; for a text message its UTF-8, already validated.
	 * The array becomes the body of a native message, so the caller must not change it
	 * later
	 * @param binary whether it was a binary message
	 * @param mode how native messages are told from frames
	 * @return the frame, or {@code null} if the message is not valid, which peers ignore
	 * in silence. Names of a binary message that are not UTF-8 hold replacement
	 * characters
	 */
	public static @Nullable Frame decode(byte[] bytes, boolean binary, NativeMode mode) {
		if (bytes.length == 0) {
			return null;
		}
		if (mode == NativeMode.ONLY) {
			return Frame.nativeMessage(bytes, binary);
		}
		int first = separator(bytes, 0);
		int second = separator(bytes, first + 1);
		int third = separator(bytes, second + 1);
		int fourth = separator(bytes, third + 1);
		int fifth = separator(bytes, fourth + 1);
		int sixth = separator(bytes, fifth + 1);
		if (sixth == bytes.length) {
			return (mode == NativeMode.MIXED) ? Frame.nativeMessage(bytes, binary) : null;
		}

		boolean exchangeMark = first > 2 && bytes[0] >= 0 && bytes[1] == EXCHANGE_MARK;
		String wait = exchangeMark ? unmarked(bytes, first) : field(bytes, 0, first);
		String origin = "";
		if (WaitToken.isOrigin(wait)) {
			origin = wait;
			wait = "";
		}
		String event = name(bytes, third + 1, fourth);
		byte[] body = (sixth + 1 == bytes.length) ? Frame.NO_BYTES : Arrays.copyOfRange(bytes, sixth + 1, bytes.length);
		// A Go peer reads an error without text as no error, and so do we.
		boolean error = body.length > 0 && isSet(bytes, fourth + 1, fifth);
		boolean noOp = isSet(bytes, fifth + 1, sixth);
		boolean nativeMessage = mode == NativeMode.MIXED && event.equals(NATIVE_EVENT);
		return new Frame(wait, name(bytes, first + 1, second), name(bytes, second + 1, third), event, error, noOp,
				binary, nativeMessage, body, origin, exchangeMark);
	}

	/** The index of the next separator, or the length when there is none. */
	private static int separator(byte[] bytes, int from) {
		for (int i = from; i < bytes.length; i++) {
			if (bytes[i] == SEPARATOR) {
				return i;
			}
		}
		return bytes.length;
	}

	private static String field(byte[] bytes, int from, int to) {
		return (from == to) ? "" : new String(bytes, from, to - from, StandardCharsets.UTF_8);
	}

	private static String name(byte[] bytes, int from, int to) {
		// replace returns the very same string when the marker is absent
		return field(bytes, from, to).replace(ESCAPED_SEPARATOR, ";");
	}

	private static String unmarked(byte[] bytes, int to) {
		String marked = field(bytes, 0, to);
		return marked.charAt(0) + marked.substring(2);
	}

	private static boolean isSet(byte[] bytes, int from, int to) {
		return to - from == 1 && bytes[from] == '1';
	}

	/**
	 * Write one frame: header and body, or the bare body of a native message that has
	 * neither token nor error. Whether to send a text or a binary message is
	 * {@link Frame#binary()}.
	 * @param frame the frame
	 * @return the bytes; a bare body is the array of the frame itself, anything else a
	 * new array
	 */
	public static byte[] encode(Frame frame) {
		if (frame.nativeMessage() && frame.waitToken().isEmpty() && !frame.error()) {
			return frame.body();
		}
		String first = frame.origin().isEmpty() ? frame.waitToken() : frame.origin();
		boolean marked = frame.exchangeMark() && isMarkable(first);
		int length = length(first, false) + (marked ? 1 : 0) + length(frame.namespace(), true)
				+ length(frame.room(), true) + length(frame.event(), true) + 8 + frame.body().length;

		byte[] bytes = new byte[length];
		int at = 0;
		if (marked) {
			bytes[at++] = (byte) first.charAt(0);
			bytes[at++] = EXCHANGE_MARK;
			at = put(first, 1, false, bytes, at);
		}
		else {
			at = put(first, 0, false, bytes, at);
		}
		bytes[at++] = SEPARATOR;
		at = put(frame.namespace(), 0, true, bytes, at);
		bytes[at++] = SEPARATOR;
		at = put(frame.room(), 0, true, bytes, at);
		bytes[at++] = SEPARATOR;
		at = put(frame.event(), 0, true, bytes, at);
		bytes[at++] = SEPARATOR;
		bytes[at++] = flag(frame.error());
		bytes[at++] = SEPARATOR;
		bytes[at++] = flag(frame.noOp());
		bytes[at++] = SEPARATOR;
		System.arraycopy(frame.body(), 0, bytes, at, frame.body().length);
		return bytes;
	}

	/**
	 * The answer that says nothing but success: the token and six separators, the flags
	 * empty. Always sent as text.
	 * @param waitToken the token of the request
	 * @return a new array
	 */
	public static byte[] emptyReply(String waitToken) {
		int length = length(waitToken, false);
		byte[] bytes = new byte[length + 6];
		put(waitToken, 0, false, bytes, 0);
		Arrays.fill(bytes, length, bytes.length, (byte) SEPARATOR);
		return bytes;
	}

	private static byte flag(boolean set) {
		return (byte) (set ? '1' : '0');
	}

	/** The mark is the second byte, so one character of one byte has to precede it. */
	private static boolean isMarkable(String token) {
		return token.length() > 1 && token.charAt(0) < 0x80;
	}

	/** The number of bytes that {@link #put} writes for the text. */
	private static int length(String text, boolean escape) {
		int length = text.length();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 0x80) {
				if (escape && c == SEPARATOR) {
					length += ESCAPED_SEPARATOR.length() - 1;
				}
			}
			else if (c < 0x800) {
				length += 1;
			}
			else if (!Character.isSurrogate(c)) {
				length += 2;
			}
			else if (isPair(text, i)) {
				length += 2;
				i++;
			}
		}
		return length;
	}

	/**
	 * Write the text as UTF-8. A surrogate without its other half becomes a question
	 * mark, as everywhere in the JDK, since a text message has to be valid UTF-8.
	 */
	private static int put(String text, int from, boolean escape, byte[] bytes, int start) {
		int at = start;
		for (int i = from; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 0x80) {
				if (escape && c == SEPARATOR) {
					at = put(ESCAPED_SEPARATOR, 0, false, bytes, at);
				}
				else {
					bytes[at++] = (byte) c;
				}
			}
			else if (c < 0x800) {
				bytes[at++] = (byte) (0xC0 | (c >> 6));
				bytes[at++] = continuation(c);
			}
			else if (!Character.isSurrogate(c)) {
				bytes[at++] = (byte) (0xE0 | (c >> 12));
				bytes[at++] = continuation(c >> 6);
				bytes[at++] = continuation(c);
			}
			else if (isPair(text, i)) {
				int codePoint = Character.toCodePoint(c, text.charAt(++i));
				bytes[at++] = (byte) (0xF0 | (codePoint >> 18));
				bytes[at++] = continuation(codePoint >> 12);
				bytes[at++] = continuation(codePoint >> 6);
				bytes[at++] = continuation(codePoint);
			}
			else {
				bytes[at++] = '?';
			}
		}
		return at;
	}

	private static byte continuation(int bits) {
		return (byte) (0x80 | (bits & 0x3F));
	}

	private static boolean isPair(String text, int i) {
		return Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
				&& Character.isLowSurrogate(text.charAt(i + 1));
	}

}
