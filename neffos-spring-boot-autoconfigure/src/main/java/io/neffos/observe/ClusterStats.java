package io.neffos.observe;

import java.time.Duration;
import java.util.List;

import io.neffos.ServerInfo;
import org.jspecify.annotations.Nullable;

/**
 * How a server does in its cluster. What is counted only grows, from the start of the
 * server. Safe for concurrent use; never blocks and asks nobody.
 *
 * @since 0.1.0
 */
public interface ClusterStats {

	/**
	 * Whether the broker is reached, as far as this server can know.
	 * @return {@code false} while this server is alone
	 */
	boolean isAvailable();

	/**
	 * Messages for other servers that were given to the exchange and taken by it.
	 * @return how many
	 */
	long published();

	/**
	 * Messages of other servers that arrived.
	 * @return how many
	 */
	long delivered();

	/**
	 * Messages for other servers that were dropped at once, because the broker was not
	 * available or took less than was published.
	 * @return how many
	 */
	long refused();

	/**
	 * Messages for other servers that were taken by the exchange and then lost, as far as
	 * it knows.
	 * @return how many
	 */
	long lost();

	/**
	 * Messages of other servers that were dropped here, because they came faster than
	 * they could be taken.
	 * @return how many
	 */
	long overrun();

	/**
	 * Messages of other servers that were dropped here, because this server does not
	 * understand them.
	 * @return how many
	 */
	long ignored();

	/**
	 * How often the broker was reached again after it had been away.
	 * @return how often
	 */
	long reconnects();

	/**
	 * Channels that are wanted now.
	 * @return how many
	 */
	int subscriptions();

	/**
	 * Servers that are alive now, this one included.
	 * @return how many, 1 or more
	 */
	int servers();

	/**
	 * How long the last message took from this server over the broker and back.
	 * @return the time, or {@code null} if none has come back yet
	 */
	@Nullable Duration lastRoundTrip();

	/**
	 * Servers that are alive now.
	 * @return them, this one included
	 */
	List<ServerInfo> liveServers();

}
