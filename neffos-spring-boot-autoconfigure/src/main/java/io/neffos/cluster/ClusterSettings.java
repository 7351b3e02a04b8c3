package io.neffos.cluster;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How servers are one.
 *
 * @param prefix what the names of channels begin with: 1 to 60 characters of
 * {@code A-Z a-z 0-9 _ -}; servers of one broker with different prefixes do not see each
 * other
 * @param serverName what this server is called, for people
 * @param lease how long a server counts that says nothing, more than 0
 * @param digestInterval how often changes are told, more than 0 and at most a thirtieth
 * of the lease
 * @since 0.1.0
 */
public record ClusterSettings(String prefix, String serverName, Duration lease, Duration digestInterval) {

	private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]{1,60}");

	/**
	 * Check the settings.
	 * @throws IllegalArgumentException if one is not legal, with its name
	 */
	public ClusterSettings {
		if (!PREFIX.matcher(prefix).matches()) {
			throw new IllegalArgumentException("prefix must be 1 to 60 letters, digits, '_' or '-'");
		}
		if (digestInterval.isNegative() || digestInterval.isZero()) {
			throw new IllegalArgumentException("digestInterval must be more than 0");
		}
		if (lease.compareTo(digestInterval.multipliedBy(30)) < 0) {
			throw new IllegalArgumentException("lease must be at least thirty times digestInterval");
		}
	}

}
