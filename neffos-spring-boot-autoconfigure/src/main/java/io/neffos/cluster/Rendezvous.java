package io.neffos.cluster;

/**
 * Which of several servers a room is given to: that of the highest weight, which each
 * server works out for itself. When a server comes or goes, only rooms move that are
 * given to it.
 */
final class Rendezvous {

	private static final long FNV_OFFSET = 0xCBF29CE484222325L;

	private static final long FNV_PRIME = 0x100000001B3L;

	private Rendezvous() {
	}

	static long hash(String text) {
		return mix(add(FNV_OFFSET, text));
	}

	static long hash(String namespace, String room) {
		// The length keeps apart what differs only in where the namespace ends.
		return mix(add(add(FNV_OFFSET ^ namespace.length(), namespace), room));
	}

	static long weight(long node, long room) {
		return mix(node ^ mix(room));
	}

	/**
	 * Whether one node goes before another one.
	 * @param room the hash of the room
	 */
	static boolean isBefore(ClusterNode one, ClusterNode other, long room) {
		int order = Long.compareUnsigned(weight(one.hash(), room), weight(other.hash(), room));
		return (order != 0) ? order > 0 : one.id().compareTo(other.id()) > 0;
	}

	private static long add(long hash, String text) {
		long value = hash;
		for (int i = 0; i < text.length(); i++) {
			value = (value ^ text.charAt(i)) * FNV_PRIME;
		}
		return value;
	}

	/** Each bit of the input moves about half of the bits of the result. */
	private static long mix(long value) {
		long mixed = value;
		mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
		mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
		return mixed ^ mixed >>> 31;
	}

}
