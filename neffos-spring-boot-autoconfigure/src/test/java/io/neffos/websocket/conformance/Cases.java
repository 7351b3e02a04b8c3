package io.neffos.websocket.conformance;

import java.util.ArrayList;
import java.util.List;

/** Collects the cases of one section and gives them their numbers. */
final class Cases {

	private final List<ConformanceCase> list = new ArrayList<>();

	private final String section;

	private int number;

	Cases(String section) {
		this.section = section;
	}

	/** Add the next case. */
	Cases add(ConformanceCase.Script script) {
		this.list.add(new ConformanceCase(this.section + "." + (++this.number), script));
		return this;
	}

	List<ConformanceCase> list() {
		return this.list;
	}

}
