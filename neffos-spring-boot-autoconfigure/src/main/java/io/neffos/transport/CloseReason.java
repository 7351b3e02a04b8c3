package io.neffos.transport;

import java.nio.charset.StandardCharsets;

/**
 * Why a WebSocket ends: a code and a text as in RFC 6455 section 7.4.
 *
 * @param code the code, 1000 to 4999
 * @param reason the text, at most 123 bytes of UTF-8
 * @since 0.1.0
 */
public record CloseReason(int code, String reason) {

	/** Nobody is to blame. */
	public static final int NORMAL = 1000;

	/** The server stops. */
	public static final int GOING_AWAY = 1001;

	/** The peer broke the protocol. */
	public static final int PROTOCOL_ERROR = 1002;

	/** A close frame without a code came; never sent. */
	public static final int NO_STATUS = 1005;

	/** The connection was lost without a close frame; never sent. */
	public static final int ABNORMAL = 1006;

	/** The peer went past a bound. */
	public static final int POLICY_VIOLATION = 1008;

	/** A message was too big. */
	public static final int TOO_BIG = 1009;

	/** Something unexpected happened on this side. */
	public static final int SERVER_ERROR = 1011;

	/** This side has no room for the peer just now. */
	public static final int TRY_AGAIN_LATER = 1013;

	private static final int MAX_REASON_BYTES = 123;

	/**
	 * Whether an endpoint may send a code in a close frame.
	 * @param code a code
	 * @return {@code true} if RFC 6455 and its registry allow it
	 */
	public static boolean isSendable(int code) {
		return (code >= 1000 && code <= 1014 && code != 1004 && code != NO_STATUS && code != ABNORMAL)
				|| (code >= 3000 && code <= 4999);
	}

	/**
	 * A reason to be sent in a close frame.
	 * @param code the code
	 * @param reason the text
	 * @return the reason
	 * @throws IllegalArgumentException if the code or the text cannot be sent
	 */
	public static CloseReason sendable(int code, String reason) {
		if (!isSendable(code)) {
			throw new IllegalArgumentException(
					"Close code " + code + " cannot be sent; legal are 1000 to 1003, 1007 to 1014 and 3000 to 4999");
		}
		if (reason.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
			throw new IllegalArgumentException("A close reason has at most " + MAX_REASON_BYTES + " bytes of UTF-8");
		}
		return new CloseReason(code, reason);
	}

}
