package io.neffos.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of channels. Whatever a namespace or room is called, its channel consists of
 * letters, digits and {@code _ - =} between points: bytes of UTF-8 that are something
 * else become {@code =} and two hexadecimal digits, and a lone {@code =} stands for the
 * empty name, so that no name can widen a subscription and no two names share a channel.
 * Long names become a digest of themselves; receivers compare the names within a message,
 * so that even then nothing can reach the wrong room.
 */
final class Channels {

	/** Two names and a prefix are within what an exchange allows. */
	private static final int MAX_NAME = 80;

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private final String prefix;

	Channels(String prefix) {
		this.prefix = prefix;
	}

	/** What every server listens to. */
	String all() {
		return this.prefix + ".all";
	}

	/** What one server listens to. */
	String node(String id) {
		return this.prefix + ".node." + id;
	}

	/** What every server listens to that has the namespace. */
	String namespace(String namespace) {
		return this.prefix + ".ns." + escape(namespace);
	}

	/** What servers with members of a room listen to. */
	String room(String namespace, String room) {
		return this.prefix + ".room." + escape(namespace) + "." + escape(room);
	}

	static String escape(String name) {
		if (name.isEmpty()) {
			return "=";
		}
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		StringBuilder result = new StringBuilder(bytes.length + 8);
		for (byte octet : bytes) {
			if (isPlain(octet)) {
				result.append((char) octet);
			}
			else {
				result.append('=').append(HEX.toHexDigits(octet));
			}
			if (result.length() > MAX_NAME) {
				return digest(bytes);
			}
		}
		return result.toString();
	}

	private static boolean isPlain(byte octet) {
		return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9')
				|| octet == '_' || octet == '-';
	}

	/** No escaped name begins like this: what follows a {@code =} is a digit. */
	private static String digest(byte[] name) {
		try {
			return "=x" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
