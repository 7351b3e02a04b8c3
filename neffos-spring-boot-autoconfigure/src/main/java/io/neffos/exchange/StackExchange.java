package io.neffos.exchange;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * Carries bytes between servers on named channels: a broker, as seen by one server.
 * <p>
 * <b>Delivery.</b> At most once. A message that was published while the subscription of
 * another server was active, with both connected to the broker throughout, arrives there;
 * everything else may be lost, and nothing arrives twice but for what a broker's client
 * repeats after a reconnect, which receivers find out by themselves. The publishing
 * server gets its own message too if it has subscribed the channel.
 * <p>
 * <b>Order.</b> Messages that are published one after the other on one channel by one
 * server arrive in that order. Messages of different channels or servers have none.
 * <p>
 * <b>Threads.</b> Safe for concurrent use. {@link #publish}, {@link #subscribe} and
 * {@link #unsubscribe} never block, neither on the network nor on a slow broker, and are
 * never called under a lock. The listener is called by one thread at a time, which must
 * not be blocked.
 * <p>
 * <b>Bounds.</b> The number of connections to the broker does not depend on the number of
 * channels. What waits to be sent is bounded; past the bound {@link #publish} refuses.
 * <p>
 * Channels are 1 to 250 characters of {@code A-Z a-z 0-9 _ - = .}, with no point at the
 * beginning, at the end or after another.
 *
 * @since 0.1.0
 */
public interface StackExchange extends AutoCloseable {

	/**
	 * Connect to the broker. Called once, before anything else; returns when the broker
	 * was reached, or when the implementation was told to go on without it, which it then
	 * reaches later.
	 * @param listener who is told what arrives and how the broker is
	 * @throws ExchangeException if the broker cannot be reached, with the address and the
	 * reason in its message
	 */
	void start(ExchangeListener listener);

	/**
	 * Begin to receive what is published on a channel. The channel is wanted from this
	 * call until {@link #unsubscribe}, whatever becomes of the result: whenever the
	 * broker returns, all wanted channels are subscribed again before
	 * {@link ExchangeListener#available()} is called. A second call for a wanted channel
	 * changes nothing and completes when the subscription is active.
	 * @param channel the channel
	 * @return completes when the broker has confirmed the subscription, on a thread of
	 * the exchange or of the caller; fails with {@link ExchangeException} if the broker
	 * is not available or does not confirm in time
	 */
	CompletableFuture<@Nullable Void> subscribe(String channel);

	/**
	 * Stop to receive what is published on a channel. Messages on their way may still
	 * arrive. A {@link #subscribe} that follows is not overtaken by it.
	 * @param channel the channel; nothing happens if it is not wanted
	 */
	void unsubscribe(String channel);

	/**
	 * Send a message to all who have subscribed a channel.
	 * @param channel the channel
	 * @param message the message, which is not copied and not changed any more
	 * @return {@code false} if it was dropped at once, because the broker is not
	 * available or takes less than is published; what is lost later is told to
	 * {@link ExchangeListener#lost}
	 */
	boolean publish(String channel, byte[] message);

	/**
	 * Whether the broker is reached and all wanted channels are subscribed, as far as the
	 * exchange can know.
	 * @return {@code false} from {@link ExchangeListener#unavailable} until
	 * {@link ExchangeListener#available()}
	 */
	boolean isAvailable();

	/**
	 * What an operator wants to know of the broker: its address, its version, how many
	 * connections there are; no secrets. Costs no question to the broker.
	 * @return names and values, for a health indicator
	 */
	Map<String, Object> details();

	/**
	 * Leave the broker. Waits a bounded time for what was published to be sent. The
	 * listener is not called after it has returned.
	 */
	@Override
	void close();

}
