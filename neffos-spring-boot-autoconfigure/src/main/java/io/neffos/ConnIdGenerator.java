package io.neffos;

/**
 * Chooses the id of a new connection. Called on the container's thread before the
 * connection is registered; must not block. The id is told to the peer with the
 * acknowledgement, so it is no secret.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ConnIdGenerator {

	/**
	 * Choose an id.
	 * @param handshake the request the connection came with
	 * @return a text that is not empty; several connections may share one, of one user
	 * for example
	 */
	String generate(HandshakeInfo handshake);

}
