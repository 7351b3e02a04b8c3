package io.neffos.sample;

import java.util.Objects;
import java.util.regex.Pattern;

import io.neffos.Conn;
import io.neffos.NSConn;
import org.jspecify.annotations.Nullable;

/**
 * The name a visitor gave when connecting. Anybody can claim any name: it is for people
 * to read, and an application with something to protect uses {@code Principal} instead.
 */
final class Visitor {

	static final String HEADER = "X-Visitor-Name";

	private static final String ATTRIBUTE = "visitor";

	private static final int LONGEST = 32;

	/**
	 * Line breaks and invisible characters, which could make one name look like another.
	 */
	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}]+");

	private Visitor() {
	}

	/** Keep the name with the connection. */
	static void remember(Conn conn) {
		conn.set(ATTRIBUTE, nameFor(conn.handshake().header(HEADER), conn.id()));
	}

	/** The name kept with the connection. */
	static String name(NSConn conn) {
		String name = conn.conn().get(ATTRIBUTE, String.class);
		return Objects.requireNonNull(name, "OnConnect has not run");
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
