package io.neffos.autoconfigure.exchange;

import io.neffos.exchange.ExchangeException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a broker that was not reached at start, without a stack trace. */
final class UnreachableBrokerFailureAnalyzer extends AbstractFailureAnalyzer<ExchangeException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ExchangeException cause) {
		return new FailureAnalysis("The exchange between servers could not start. " + cause.getMessage(),
				"Check that the broker runs at this address, that this host may connect to it, and that user,"
						+ " password and TLS are what it wants. Set neffos.exchange.start=wait to start without it"
						+ " and go on alone until it is reached, or neffos.exchange.type=memory to run alone",
				cause);
	}

}
