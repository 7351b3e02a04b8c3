package io.neffos.cluster;

/**
 * A part of all that a server has.
 *
 * @param version of which version it is; the same in all parts
 * @param part the number of the part, from 0
 * @param parts how many parts there are, 1 or more
 * @param connections how many connections the server has
 * @param digest rooms and namespaces
 */
record Full(long version, int part, int parts, int connections, Digest digest) implements ClusterMessage {

	@Override
	public Kind kind() {
		return Kind.FULL;
	}

	@Override
	public byte[] encode() {
		WireWriter writer = new WireWriter(256).number(this.version)
			.number(this.part)
			.number(this.parts)
			.number(this.connections);
		this.digest.write(writer);
		return writer.toBytes();
	}

	static Full decode(byte[] bytes) {
		WireReader reader = new WireReader(bytes);
		Full full = new Full(reader.number(), reader.integer(), reader.integer(), reader.integer(),
				Digest.read(reader));
		Digest.end(reader);
		if (full.part >= full.parts) {
			throw new WireReader.MalformedException("there are fewer parts than that");
		}
		return full;
	}

}
