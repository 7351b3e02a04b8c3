package io.neffos.exchange.redis;

import java.util.Collection;
import java.util.stream.Collectors;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.neffos.exchange.ExchangeException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.RedisNode;
import org.springframework.data.redis.connection.RedisSentinelConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * An application's way to Redis: its client, with whatever it has of passwords, TLS,
 * Sentinel and Cluster. The client is asked for anew for each connection, because a
 * factory that was stopped and started has another one.
 */
final class RedisAccess {

	private final LettuceConnectionFactory factory;

	private RedisAccess(LettuceConnectionFactory factory) {
		this.factory = factory;
	}

	static RedisAccess of(RedisConnectionFactory factory) {
		if (factory instanceof LettuceConnectionFactory lettuce) {
			return new RedisAccess(lettuce);
		}
		throw new ExchangeException(("The exchange over Redis needs Lettuce, but the connection factory is a %s. "
				+ "Use spring-boot-starter-data-redis as it is, or set spring.data.redis.client-type=lettuce")
			.formatted(factory.getClass().getName()));
	}

	/** Where Redis is, for people. */
	String address() {
		RedisClusterConfiguration cluster = this.factory.getClusterConfiguration();
		if (cluster != null) {
			return nodes(cluster.getClusterNodes());
		}
		RedisSentinelConfiguration sentinel = this.factory.getSentinelConfiguration();
		if (sentinel != null) {
			return sentinel.getMaster() + " of " + nodes(sentinel.getSentinels());
		}
		return this.factory.getHostName() + ":" + this.factory.getPort();
	}

	private static String nodes(Collection<RedisNode> nodes) {
		return nodes.stream().map(RedisNode::asString).collect(Collectors.joining(","));
	}

	/** How Redis is laid out: standalone, sentinel or cluster. */
	String mode() {
		if (this.factory.getClusterConfiguration() != null) {
			return "cluster";
		}
		return (this.factory.getSentinelConfiguration() != null) ? "sentinel" : "standalone";
	}

	/**
	 * Connect, which takes as long as the client's own timeouts allow. Connections of
	 * this kind go to one node also with a cluster, which passes messages on to all.
	 * @throws ExchangeException if Redis cannot be reached, or does not let us in
	 */
	StatefulRedisPubSubConnection<byte[], byte[]> connect() {
		try {
			AbstractRedisClient client = this.factory.getRequiredNativeClient();
			if (client instanceof RedisClusterClient cluster) {
				return cluster.connectPubSub(ByteArrayCodec.INSTANCE);
			}
			return ((RedisClient) client).connectPubSub(ByteArrayCodec.INSTANCE);
		}
		catch (RuntimeException ex) {
			throw new ExchangeException("Cannot reach Redis at " + address() + ": " + reason(ex), ex);
		}
	}

	/** What is at the bottom of it; what is above says the same at length. */
	static String reason(Throwable failure) {
		Throwable root = failure;
		for (Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
			root = cause;
		}
		@Nullable String message = root.getMessage();
		return (message != null) ? message : root.getClass().getSimpleName();
	}

}
