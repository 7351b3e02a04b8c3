package io.neffos.cluster;

import java.util.Map;

/** What this server has, asked while a digest is made: quick, and without blocking. */
interface LocalRooms {

	/** How many local members a room has; 0 if there is no such room. */
	int size(String namespace, String room);

	/** How many connections this server has. */
	int connections();

	/** How many connections are in each namespace. */
	Map<String, Integer> namespaces();

}
