package io.neffos.exchange.redis;

import java.nio.charset.StandardCharsets;

import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * One message on its way. It ends with the answer of Redis or with the connection, and
 * not by the command timeout of an application's client: until then it may still be sent,
 * and takes its place in the buffer.
 */
final class Publication extends AsyncCommand<byte[], byte[], Long> {

	/** About what the objects and the frame around a message take. */
	private static final int OVERHEAD = 256;

	private final int size;

	Publication(String channel, byte[] message) {
		super(new Command<>(CommandType.PUBLISH, new IntegerOutput<>(ByteArrayCodec.INSTANCE),
				arguments(channel, message)));
		this.size = channel.length() + message.length + OVERHEAD;
	}

	/**
	 * The channel is no key: a cluster passes messages on to all of its nodes, so that
	 * one connection to any of them will do.
	 */
	private static CommandArgs<byte[], byte[]> arguments(String channel, byte[] message) {
		return new CommandArgs<>(ByteArrayCodec.INSTANCE).add(channel.getBytes(StandardCharsets.US_ASCII)).add(message);
	}

	int size() {
		return this.size;
	}

	@Override
	public boolean completeExceptionally(Throwable ex) {
		return !(ex instanceof RedisCommandTimeoutException) && super.completeExceptionally(ex);
	}

}
