package io.neffos;

import java.util.HashSet;
import java.util.Set;

/**
 * Who is left out of a broadcast: some connections, and every connection with one of some
 * ids (protocol section 10).
 *
 * @param conns exactly these connections, even when others share their ids
 * @param ids every connection with one of these ids
 * @since 0.1.0
 */
public record Exclude(Set<Conn> conns, Set<String> ids) {

	private static final Exclude NOBODY = new Exclude(Set.of(), Set.of());

	/**
	 * Canonical form with copies.
	 * @param conns exactly these connections
	 * @param ids every connection with one of these ids
	 */
	public Exclude {
		conns = Set.copyOf(conns);
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
		return new Exclude(Set.of(conn), Set.of());
	}

	/**
	 * Leave out every connection with one of these ids.
	 * @param ids the ids
	 * @return the exclusion
	 */
	public static Exclude ids(String... ids) {
		return new Exclude(Set.of(), Set.of(ids));
	}

	/**
	 * Leave out others as well.
	 * @param other who else
	 * @return the exclusion of both
	 */
	public Exclude and(Exclude other) {
		Set<Conn> bothConns = new HashSet<>(this.conns);
		bothConns.addAll(other.conns);
		Set<String> bothIds = new HashSet<>(this.ids);
		bothIds.addAll(other.ids);
		return new Exclude(bothConns, bothIds);
	}

	/**
	 * Whether a connection is left out.
	 * @param candidate the connection
	 * @return {@code true} if it is not to get the message
	 */
	public boolean excludes(Conn candidate) {
		return (!this.conns.isEmpty() && this.conns.contains(candidate))
				|| (!this.ids.isEmpty() && this.ids.contains(candidate.id()));
	}

}
