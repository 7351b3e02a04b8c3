package io.neffos.replay;

import java.util.ArrayList;
import java.util.List;

import io.neffos.replay.Edits.Edit;

/**
 * One line of a table of intended differences: the decision, or the section or defect of
 * the protocol, and how the recorded steps read then.
 *
 * @param decision why
 * @param what what is different
 * @param edit how the recorded steps change
 * @param names of transcripts, or of scenarios, which stand for all their transcripts
 * @param everywhereElse whether the names are those of the transcripts without it
 */
record Difference(String decision, String what, Edit edit, List<String> names, boolean everywhereElse) {

	Difference(String decision, String what, Edit edit, String... names) {
		this(decision, what, edit, List.of(names), false);
	}

	/** A difference in all transcripts except some. */
	static Difference everywhereBut(String decision, String what, Edit edit, String... names) {
		return new Difference(decision, what, edit, List.of(names), true);
	}

	/**
	 * What is expected of ours.
	 * @param table all intended differences
	 * @param transcript what the original did
	 * @return the steps, changed
	 * @throws AssertionError if there is nothing to change where there should be
	 */
	static List<Step> apply(List<Difference> table, Transcript transcript) {
		List<Step> steps = new ArrayList<>(transcript.steps());
		for (Difference difference : table) {
			if (difference.concerns(transcript.name()) && !difference.edit().apply(steps)) {
				throw new AssertionError("Not different any more in " + transcript.name() + ": " + difference);
			}
		}
		return steps;
	}

	private boolean concerns(String transcript) {
		return this.names.stream().anyMatch((name) -> covers(name, transcript)) != this.everywhereElse;
	}

	/** Whether every name stands for one of these transcripts. */
	boolean isAbout(List<String> transcripts) {
		return !this.names.isEmpty()
				&& this.names.stream().allMatch((name) -> transcripts.stream().anyMatch((one) -> covers(name, one)));
	}

	private static boolean covers(String name, String transcript) {
		return name.equals(transcript) || transcript.startsWith(name + ".");
	}

	@Override
	public String toString() {
		return this.decision + ": " + this.what;
	}

}
