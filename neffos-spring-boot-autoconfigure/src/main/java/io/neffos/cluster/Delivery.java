package io.neffos.cluster;

import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A message for connections of other servers. Its bytes are those that clients get; who
 * is meant is read from them.
 *
 * @param namespace the namespace
 * @param room the room, empty for the whole namespace
 * @param to the only id that is meant, or {@code null}
 * @param key what the message is about, for connections that do not keep up, or
 * {@code null}
 * @param excluded ids that are left out
 * @param binary whether it is a binary message
 * @param plain whether it is a native message, which has no header
 * @param bytes the message as clients get it
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Delivery(String namespace, String room, @Nullable String to, @Nullable String key, Set<String> excluded,
		boolean binary, boolean plain, byte[] bytes) {

	private static final int BINARY = 1;

	private static final int PLAIN = 2;

	private static final int TO = 4;

	private static final int KEY = 8;

	private static final int EXCLUDED = 16;

	int expectedSize() {
		return this.namespace.length() + this.room.length() + this.bytes.length + 48;
	}

	void write(WireWriter writer) {
		writer.octet((this.binary ? BINARY : 0) | (this.plain ? PLAIN : 0) | ((this.to != null) ? TO : 0)
				| ((this.key != null) ? KEY : 0) | (this.excluded.isEmpty() ? 0 : EXCLUDED));
		writer.text(this.namespace).text(this.room);
		if (this.to != null) {
			writer.text(this.to);
		}
		if (this.key != null) {
			writer.text(this.key);
		}
		if (!this.excluded.isEmpty()) {
			writer.number(this.excluded.size());
			this.excluded.forEach(writer::text);
		}
		writer.rest(this.bytes);
	}

	static Delivery read(WireReader reader) {
		int flags = reader.octet();
		String namespace = reader.text();
		String room = reader.text();
		String to = isSet(flags, TO) ? reader.text() : null;
		String key = isSet(flags, KEY) ? reader.text() : null;
		Set<String> excluded = isSet(flags, EXCLUDED) ? texts(reader) : Set.of();
		return new Delivery(namespace, room, to, key, excluded, isSet(flags, BINARY), isSet(flags, PLAIN),
				reader.rest());
	}

	private static boolean isSet(int flags, int flag) {
		return (flags & flag) != 0;
	}

	private static Set<String> texts(WireReader reader) {
		Set<String> result = new LinkedHashSet<>();
		for (int count = reader.count(); count > 0; count--) {
			result.add(reader.text());
		}
		return result;
	}

}
