package io.neffos.cluster;

import io.neffos.cluster.WireReader.MalformedException;

/**
 * What servers tell each other about themselves. Every count is absolute, so that a
 * message that is lost or repeated never leaves a wrong sum behind.
 */
sealed interface ClusterMessage
		permits Beat, Changes, Full, ClusterMessage.Hello, ClusterMessage.Want, ClusterMessage.Bye {

	/** So many bytes has a message at most, as far as names allow. */
	int MAX_BYTES = 32 * 1024;

	/** Which message it is; the envelope tells it beside what is encoded. */
	Kind kind();

	/** The message without its kind and its sender. */
	byte[] encode();

	/** The messages there are. */
	enum Kind {

		/** See {@link Beat}. */
		BEAT(1) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return Beat.decode(bytes);
			}
		},

		/** See {@link Changes}. */
		CHANGES(2) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return Changes.decode(bytes);
			}
		},

		/** See {@link Full}. */
		FULL(3) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return Full.decode(bytes);
			}
		},

		/** See {@link Hello}. */
		HELLO(4) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return nothing(bytes, new Hello());
			}
		},

		/** See {@link Want}. */
		WANT(5) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return nothing(bytes, new Want());
			}
		},

		/** See {@link Bye}. */
		BYE(6) {
			@Override
			ClusterMessage decode(byte[] bytes) {
				return nothing(bytes, new Bye());
			}
		};

		private static final Kind[] ALL = values();

		/** What stands for it between servers; it never changes. */
		private final int number;

		Kind(int number) {
			this.number = number;
		}

		int number() {
			return this.number;
		}

		static Kind of(int number) {
			for (Kind candidate : ALL) {
				if (candidate.number == number) {
					return candidate;
				}
			}
			throw new MalformedException("no digest has the number " + number);
		}

		/**
		 * Read a message of this kind.
		 * @throws MalformedException if it is none
		 */
		abstract ClusterMessage decode(byte[] bytes);

		private static ClusterMessage nothing(byte[] bytes, ClusterMessage message) {
			if (bytes.length > 0) {
				throw new MalformedException("more is there than was expected");
			}
			return message;
		}

	}

	/**
	 * A server is new or has returned: everybody answers with a {@link Beat}.
	 */
	record Hello() implements ClusterMessage {

		@Override
		public Kind kind() {
			return Kind.HELLO;
		}

		@Override
		public byte[] encode() {
			return new byte[0];
		}

	}

	/**
	 * The receiver, and nobody else, is asked for a {@link Full}.
	 */
	record Want() implements ClusterMessage {

		@Override
		public Kind kind() {
			return Kind.WANT;
		}

		@Override
		public byte[] encode() {
			return new byte[0];
		}

	}

	/**
	 * A server leaves: what it had is gone at once, not after its lease.
	 */
	record Bye() implements ClusterMessage {

		@Override
		public Kind kind() {
			return Kind.BYE;
		}

		@Override
		public byte[] encode() {
			return new byte[0];
		}

	}

}
