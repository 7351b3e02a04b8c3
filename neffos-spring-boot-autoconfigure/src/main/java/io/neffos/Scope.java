package io.neffos;

/**
 * How far a question to the server reaches. Without an exchange both are the same.
 *
 * @since 0.1.0
 */
public enum Scope {

	/** This server: exact, and true while it is told. */
	LOCAL,

	/**
	 * All servers of the cluster: this one as it is, the others as they last said. What
	 * they say is not older than the digest interval and the way through the broker; a
	 * server that died without a word counts until its lease is over.
	 */
	CLUSTER

}
