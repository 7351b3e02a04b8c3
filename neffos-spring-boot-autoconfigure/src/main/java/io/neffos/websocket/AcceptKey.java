package io.neffos.websocket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** What proves to a client that a server has understood its handshake (RFC 6455). */
final class AcceptKey {

	/** Section 1.3. */
	private static final String SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final int KEY_BYTES = 16;

	private static final int KEY_LENGTH = 24;

	private AcceptKey() {
	}

	/**
	 * Whether a client may send a key: 16 bytes in Base64 (section 4.1).
	 */
	static boolean isLegal(@Nullable String key) {
		if (key == null || key.length() != KEY_LENGTH) {
			return false;
		}
		try {
			return Base64.getDecoder().decode(key).length == KEY_BYTES;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/** The answer to a key (section 4.2.2). */
	static String answer(String key) {
		try {
			byte[] salted = (key + SALT).getBytes(StandardCharsets.ISO_8859_1);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Each JDK has SHA-1", ex);
		}
	}

}
