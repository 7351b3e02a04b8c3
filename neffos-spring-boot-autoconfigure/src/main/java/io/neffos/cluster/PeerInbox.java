package io.neffos.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Puts in order what another server tells of its rooms: changes as long as none is
 * missing, and a whole after that. What arrives between is kept until the whole is there,
 * so that a room never goes back to what it was. Entered under the lock of the view.
 */
final class PeerInbox {

	private static final int MAX_EARLY = 256;

	private final int maxRooms;

	private final List<Changes> early = new ArrayList<>();

	private final List<Digest> parts = new ArrayList<>();

	private int partRooms;

	private long partsVersion;

	private long version = -1;

	private boolean lacking = true;

	PeerInbox(int maxRooms) {
		this.maxRooms = maxRooms;
	}

	/** Whether a whole is needed. */
	boolean isLacking() {
		return this.lacking;
	}

	/** The version that is known; less than 0 if none is. */
	long version() {
		return this.version;
	}

	/** It says of which version it is. */
	void beat(long told) {
		if (told == 0 && this.version < 0) {
			this.version = 0;
			this.lacking = false;
		}
		else if (told > this.version) {
			this.lacking = true;
		}
	}

	/** Whether changes can be applied now; if not, they are kept or not needed. */
	boolean accept(Changes changes) {
		if (changes.toVersion() <= this.version) {
			return false;
		}
		if (!this.lacking && changes.fromVersion() == this.version) {
			this.version = changes.toVersion();
			return true;
		}
		this.lacking = true;
		if (this.early.size() == MAX_EARLY) {
			this.early.clear();
		}
		this.early.add(changes);
		return false;
	}

	/** Add a part of a whole; returns all of it when it is complete. */
	@Nullable List<Digest> accept(Full full) {
		if (!this.lacking || full.version() < this.version) {
			return null;
		}
		if (full.part() == 0 || full.version() != this.partsVersion) {
			this.parts.clear();
			this.partRooms = 0;
			this.partsVersion = full.version();
		}
		if (full.part() != this.parts.size()) {
			return null;
		}
		this.partRooms += full.digest().rooms().size();
		// Past the bound only the number of the part counts.
		this.parts.add((this.partRooms <= this.maxRooms) ? full.digest() : new Digest(List.of(), Map.of()));
		if (this.parts.size() < full.parts()) {
			return null;
		}
		List<Digest> whole = List.copyOf(this.parts);
		this.parts.clear();
		this.version = full.version();
		this.lacking = false;
		return whole;
	}

	/** Changes that arrived before the whole did and follow it, in their order. */
	List<Changes> following() {
		List<Changes> waiting = List.copyOf(this.early);
		this.early.clear();
		return waiting.stream().filter(this::accept).toList();
	}

}
