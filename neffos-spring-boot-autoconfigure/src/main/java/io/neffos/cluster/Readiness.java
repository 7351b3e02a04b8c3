package io.neffos.cluster;

/**
 * When a server takes its share of telling the life of rooms. Entered under the lock of
 * the view.
 * <p>
 * It learns first: what others have, and, where others have been before it, for a whole
 * lease, because one that is dead since may have told something that nobody can tell it
 * any more. Then it says that it is ready, upon which the others leave its share alone.
 * Only when that has reached everybody it acts.
 */
final class Readiness {

	private final ViewSettings settings;

	private boolean isNew = true;

	private boolean ready;

	private boolean acting;

	private long since;

	Readiness(ViewSettings settings, long now) {
		this.settings = settings;
		this.since = now;
	}

	/** Begin anew: others may have come and gone while they could not be heard. */
	void restart(long now) {
		this.ready = false;
		this.acting = false;
		this.since = now;
	}

	/**
	 * Take the next step if it is time.
	 * @param others whether others are ready
	 * @param knowsAll whether the rooms of all others are known
	 * @return whether this server acts from now on
	 */
	boolean update(long now, boolean others, boolean knowsAll) {
		if (!this.ready) {
			long lease = this.settings.lease().toNanos();
			long wait = this.settings.settle().toNanos() + ((this.isNew && others) ? lease : 0);
			long waited = now - this.since;
			if (waited < wait || (!knowsAll && waited < wait + lease)) {
				return false;
			}
			this.ready = true;
			this.since = now;
		}
		if (this.acting || now - this.since < this.settings.handover().toNanos()) {
			return false;
		}
		this.acting = true;
		this.isNew = false;
		return true;
	}

	boolean isReady() {
		return this.ready;
	}

	/** Whether everybody has to hear it now. */
	boolean isHandingOver() {
		return this.ready && !this.acting;
	}

}
