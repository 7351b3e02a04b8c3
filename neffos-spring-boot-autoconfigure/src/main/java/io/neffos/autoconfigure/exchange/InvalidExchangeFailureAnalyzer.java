package io.neffos.autoconfigure.exchange;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports an exchange that cannot be had, without a stack trace. */
final class InvalidExchangeFailureAnalyzer extends AbstractFailureAnalyzer<InvalidExchangeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidExchangeException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
	}

}
