package io.neffos.cluster;

/**
 * What became different at a server since its last digest.
 *
 * @param fromVersion the version before
 * @param toVersion the version that a receiver has then
 * @param connections how many connections the server has
 * @param digest the rooms and namespaces that changed
 */
record Changes(long fromVersion, long toVersion, int connections, Digest digest) implements ClusterMessage {

	@Override
	public Kind kind() {
		return Kind.CHANGES;
	}

	@Override
	public byte[] encode() {
		WireWriter writer = new WireWriter(256).number(this.fromVersion)
			.number(this.toVersion)
			.number(this.connections);
		this.digest.write(writer);
		return writer.toBytes();
	}

	static Changes decode(byte[] bytes) {
		WireReader reader = new WireReader(bytes);
		Changes changes = new Changes(reader.number(), reader.number(), reader.integer(), Digest.read(reader));
		Digest.end(reader);
		if (changes.toVersion <= changes.fromVersion) {
			throw new WireReader.MalformedException("changes lead nowhere");
		}
		return changes;
	}

}
