package io.neffos.exchange;

/**
 * Is told what arrives from other servers, and how the broker is. Called by one thread of
 * the exchange at a time; implementations do not block and do not throw.
 *
 * @since 0.1.0
 */
public interface ExchangeListener {

	/**
	 * A message arrived.
	 * @param channel the channel it was published on
	 * @param message the message, not to be changed
	 */
	void received(String channel, byte[] message);

	/**
	 * The broker is reached, for the first time or again, and all wanted channels are
	 * subscribed. Called before {@link StackExchange#start} returns where the broker was
	 * reached by then.
	 */
	void available();

	/**
	 * The broker is not reached any more, or not yet where the start went on without it.
	 * Called once until {@link #available()}.
	 * @param reason why, for the log; no secrets
	 */
	void unavailable(String reason);

	/**
	 * Messages were lost, as far as can be known: accepted by
	 * {@link StackExchange#publish} and not sent, or not known to have been.
	 * @param count how many, 1 or more
	 */
	void lost(int count);

	/**
	 * Messages of other servers were dropped here, because they came faster than they
	 * could be taken.
	 * @param count how many, 1 or more
	 */
	void overrun(int count);

}
