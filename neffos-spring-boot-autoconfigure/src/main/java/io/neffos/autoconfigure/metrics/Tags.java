package io.neffos.autoconfigure.metrics;

import java.util.Locale;

/** Names and values of tags. */
final class Tags {

	static final String NAMESPACE = "namespace";

	static final String OUTCOME = "outcome";

	private Tags() {
	}

	static String valueOf(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
