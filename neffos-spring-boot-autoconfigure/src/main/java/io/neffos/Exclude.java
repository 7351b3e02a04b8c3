package io.neffos;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Who is left out of a broadcast: one connection, or every connection with one of some
 * ids (protocol section 10).
 *
 * @param conn exactly this connection, even when others share its id, or {@code null}
 * @param ids every connection with one of these ids
 * @since 0.1.0
 */
public record Exclude(@Nullable Conn conn, Set<String> ids) {

	private static final Exclude NOBODY = new Exclude(null, Set.of());

	/**
	 * Canonical form with a copy of the ids.
	 * @param conn exactly this connection, or {@code null}
	 * @param ids every connection with one of these ids
	 */
	public Exclude {
		ids = Set.copyOf(ids);
	}

	/**
	 * Leave nobody out.
	 * @return the exclusion
	 */
	public static Exclude nobody() {
		return NOBODY;
	}

	/**
	 * Leave out exactly this connection.
	 * @param conn the connection
	 * @return the exclusion
	 */
	public static Exclude conn(Conn conn) {
		return new Exclude(conn, Set.of());
	}

	/**
	 * Leave out every connection with one of these ids.
	 * @param ids the ids
	 * @return the exclusion
	 */
	public static Exclude ids(String... ids) {
		return new Exclude(null, Set.of(ids));
	}

	/**
	 * Whether a connection is left out.
	 * @param candidate the connection
	 * @return {@code true} if it is not to get the message
	 */
	public boolean excludes(Conn candidate) {
		return candidate == this.conn || (!this.ids.isEmpty() && this.ids.contains(candidate.id()));
	}

}
