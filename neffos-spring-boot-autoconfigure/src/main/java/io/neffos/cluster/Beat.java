package io.neffos.cluster;

/**
 * A server lives: told in every third of a lease, and when somebody says
 * {@link ClusterMessage.Hello}.
 *
 * @param name the name of the server
 * @param startedAtMillis when it was started, by its own clock
 * @param connections how many connections it has
 * @param version of which version its rooms are; 0 as long as it never had any
 * @param ready whether it takes its share of telling the life of rooms
 */
record Beat(String name, long startedAtMillis, int connections, long version, boolean ready) implements ClusterMessage {

	@Override
	public Kind kind() {
		return Kind.BEAT;
	}

	@Override
	public byte[] encode() {
		return new WireWriter(64).text(this.name)
			.number(Math.max(0, this.startedAtMillis))
			.number(this.connections)
			.number(this.version)
			.octet(this.ready ? 1 : 0)
			.toBytes();
	}

	static Beat decode(byte[] bytes) {
		WireReader reader = new WireReader(bytes);
		Beat beat = new Beat(reader.text(), reader.number(), reader.integer(), reader.number(), reader.octet() != 0);
		Digest.end(reader);
		return beat;
	}

}
