package io.neffos.engine;

import io.neffos.protocol.WaitToken;

/**
 * Which end of a connection an engine is. Both do the same; what differs is here.
 */
public enum Side {

	/** Knows all connections, is asked, and has the last word. */
	SERVER,

	/** Knows its own connection only. */
	CLIENT;

	/** Whether a frame with this token may be an answer to an ask of this side. */
	boolean mayBeAnswer(String token) {
		return (this == SERVER) ? WaitToken.isAnswerOnServer(token) : WaitToken.isAnswerOnClient(token);
	}

	/**
	 * Whether a leave or disconnect that the peer asks for is an order: it cannot be
	 * refused, is confirmed even where there is nothing to leave, and before the handlers
	 * of what is over are told (B16, protocol sections 7.5 and 7.7).
	 */
	boolean takesOrders() {
		return this == CLIENT;
	}

	/** Whether a leave or disconnect of this side is such an order to the peer. */
	boolean givesOrders() {
		return this == SERVER;
	}

	/**
	 * Whether this side guards rooms: messages for rooms that are not joined reach nobody
	 * (B4), and those of events nobody handles are relayed (B3). To a client they come
	 * from the server, which has checked them, perhaps before the client knows that it
	 * has joined (protocol section 7.6).
	 */
	boolean guardsRooms() {
		return this == SERVER;
	}

}
