package io.neffos.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * One neffos message as it stands on the wire (protocol section 3).
 * <p>
 * Immutable, with one exception made for speed: the body is neither copied on the way in
 * nor on the way out, so whoever passes or receives it must not change it. Two frames are
 * equal when all their fields and the bytes of their bodies are.
 *
 * @param waitToken the token that ties an answer to its request, empty when no answer is
 * expected; never contains {@code ;}
 * @param namespace the namespace, may be empty
 * @param room the room, may be empty
 * @param event the event name; empty in an empty reply
 * @param error whether the body is an error text
 * @param noOp whether the message asks for nothing to be done; no known peer sets it
 * @param binary whether the message travels in a binary WebSocket message rather than in
 * a text one; a text body has to be valid UTF-8
 * @param nativeMessage whether this is a native message; without a token only its body is
 * written (protocol section 12)
 * @param body the body or the UTF-8 error text, possibly empty; not copied
 * @param origin identity of the connection that a broker message must not return to,
 * empty everywhere else; it takes the place of the token on the wire, so a frame has one
 * of them at most
 * @param exchangeMark whether the token carried the mark of a broker, which is not part
 * of {@code waitToken} (protocol section 4)
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, see equals
public record Frame(String waitToken, String namespace, String room, String event, boolean error, boolean noOp,
		boolean binary, boolean nativeMessage, byte[] body, String origin, boolean exchangeMark) {

	static final byte[] NO_BYTES = new byte[0];

	/**
	 * Create a frame from its fields.
	 * @throws IllegalArgumentException if the token contains {@code ;}, if the origin
	 * contains {@code ;} or has not the form of one, or if there is a token as well as an
	 * origin
	 */
	public Frame {
		if (waitToken.indexOf(FrameCodec.SEPARATOR) >= 0) {
			throw new IllegalArgumentException("A wait token must not contain ';'");
		}
		if (!origin.isEmpty()) {
			if (!waitToken.isEmpty()) {
				throw new IllegalArgumentException("A frame has a wait token or an origin, not both");
			}
			if (!WaitToken.isOrigin(origin) || origin.indexOf(FrameCodec.SEPARATOR) >= 0) {
				throw new IllegalArgumentException("Not the origin of a frame: " + origin);
			}
		}
	}

	/**
	 * A request without body: connect, disconnect, join or leave.
	 * @param waitToken the token of the request
	 * @param namespace the namespace
	 * @param room the room, or an empty string
	 * @param event the event, usually a system event
	 * @return a text frame
	 * @throws IllegalArgumentException if the token contains {@code ;}
	 */
	public static Frame request(String waitToken, String namespace, String room, String event) {
		return request(waitToken, namespace, room, event, NO_BYTES, false);
	}

	/**
	 * A message that expects an answer.
	 * @param waitToken the token of the request
	 * @param namespace the namespace
	 * @param room the room, or an empty string
	 * @param event the event
	 * @param body the body, not copied
	 * @param binary whether to send it as a binary message
	 * @return the frame
	 * @throws IllegalArgumentException if the token contains {@code ;}
	 */
	public static Frame request(String waitToken, String namespace, String room, String event, byte[] body,
			boolean binary) {
		return new Frame(waitToken, namespace, room, event, false, false, binary, false, body, "", false);
	}

	/**
	 * A message that expects no answer.
	 * @param namespace the namespace
	 * @param room the room, or an empty string
	 * @param event the event
	 * @param body the body, not copied
	 * @param binary whether to send it as a binary message
	 * @return the frame
	 */
	public static Frame event(String namespace, String room, String event, byte[] body, boolean binary) {
		return request("", namespace, room, event, body, binary);
	}

	/**
	 * An answer with a body: same token, namespace, room and event as the request, and
	 * native when the request was.
	 * @param request the frame to answer
	 * @param body the body, not copied
	 * @param binary whether to send it as a binary message; the reference peers use the
	 * type of the request
	 * @return the frame
	 */
	public static Frame reply(Frame request, byte[] body, boolean binary) {
		return new Frame(request.waitToken, request.namespace, request.room, request.event, false, false, binary,
				request.nativeMessage, body, "", false);
	}

	/**
	 * A refusal or failure: same token, namespace, room and event as the request. It is
	 * always a text frame because JavaScript peers cannot read a binary error.
	 * @param request the frame to answer
	 * @param text the error text; {@link ErrorTexts#UNSPECIFIED} is sent in place of an
	 * empty one, which a Go peer would take for success
	 * @return the frame
	 */
	public static Frame error(Frame request, String text) {
		return error(request.waitToken, request.namespace, request.room, request.event, text);
	}

	/**
	 * A refusal or failure, as {@link #error(Frame, String)}, from single fields.
	 * @param waitToken the token of the request, or an empty string
	 * @param namespace the namespace
	 * @param room the room, or an empty string
	 * @param event the event
	 * @param text the error text, see {@link #error(Frame, String)}
	 * @return a text frame
	 * @throws IllegalArgumentException if the token contains {@code ;}
	 */
	public static Frame error(String waitToken, String namespace, String room, String event, String text) {
		byte[] body = ErrorTexts.orUnspecified(text).getBytes(StandardCharsets.UTF_8);
		return new Frame(waitToken, namespace, room, event, true, false, false, false, body, "", false);
	}

	/**
	 * A native message, of which only the body is written.
	 * @param body the whole message, not copied
	 * @param binary whether to send it as a binary message
	 * @return the frame
	 */
	public static Frame nativeMessage(byte[] body, boolean binary) {
		return new Frame("", "", "", FrameCodec.NATIVE_EVENT, false, false, binary, true, body, "", false);
	}

	/**
	 * Whether the frame carries a token: it is a request that expects an answer, or an
	 * answer; {@link WaitToken} tells which.
	 * @return whether the token is not empty
	 */
	public boolean isAsk() {
		return !this.waitToken.isEmpty();
	}

	/**
	 * The body, or error text, as text.
	 * @return the body read as UTF-8; malformed input gives the replacement character
	 */
	public String bodyText() {
		return (this.body.length == 0) ? "" : new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return (this == other) || (other instanceof Frame that && this.waitToken.equals(that.waitToken)
				&& this.namespace.equals(that.namespace) && this.room.equals(that.room) && this.event.equals(that.event)
				&& this.error == that.error && this.noOp == that.noOp && this.binary == that.binary
				&& this.nativeMessage == that.nativeMessage && this.origin.equals(that.origin)
				&& this.exchangeMark == that.exchangeMark && Arrays.equals(this.body, that.body));
	}

	@Override
	public int hashCode() {
		int result = this.waitToken.hashCode();
		result = 31 * result + this.namespace.hashCode();
		result = 31 * result + this.room.hashCode();
		result = 31 * result + this.event.hashCode();
		return 31 * result + Arrays.hashCode(this.body);
	}

	/**
	 * The addressing fields and flags; of the body only its length, so that it may be
	 * logged.
	 */
	@Override
	public String toString() {
		return "Frame[waitToken=" + this.waitToken + ", namespace=" + this.namespace + ", room=" + this.room
				+ ", event=" + this.event + ", error=" + this.error + ", noOp=" + this.noOp + ", binary=" + this.binary
				+ ", nativeMessage=" + this.nativeMessage + ", body=" + this.body.length + " bytes, origin="
				+ this.origin + ", exchangeMark=" + this.exchangeMark + "]";
	}

}
