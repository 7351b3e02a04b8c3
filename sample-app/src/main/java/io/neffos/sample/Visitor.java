package io.neffos.sample;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.neffos.HandshakeInfo;
import io.neffos.NSConn;
import org.jspecify.annotations.Nullable;

/**
 * The name a visitor gave when connecting. Anybody can claim any name: it is for people
 * to read, and an application with something to protect uses {@code Principal} instead.
 */
final class Visitor {

	static final String HEADER = "X-Visitor-Name";

	private static final char MARK = '.';

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

	private static final int LONGEST = 32;

	/**
	 * Line breaks and invisible characters, which could make one name look like another.
	 */
	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]+");

	private Visitor() {
	}

	/** An id that carries the name, which makes it known wherever the id is. */
	static String newId(HandshakeInfo handshake) {
		String start = HexFormat.of().toHexDigits(RANDOM.nextLong());
		String name = nameFor(handshake.header(HEADER), start);
		return start + MARK + ENCODER.encodeToString(name.getBytes(StandardCharsets.UTF_8));
	}

	static String name(NSConn conn) {
		return name(conn.conn().id());
	}

	/** The name of a visitor of this server or another one. */
	static String name(String connId) {
		String encoded = connId.substring(connId.indexOf(MARK) + 1);
		return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
	}

	static String nameFor(@Nullable String given, String connId) {
		String name = (given != null) ? INVISIBLE.matcher(given).replaceAll("").strip() : "";
		if (name.isEmpty()) {
			return "guest-" + connId.substring(0, Math.min(4, connId.length()));
		}
		boolean fits = name.codePointCount(0, name.length()) <= LONGEST;
		return fits ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST));
	}

}
