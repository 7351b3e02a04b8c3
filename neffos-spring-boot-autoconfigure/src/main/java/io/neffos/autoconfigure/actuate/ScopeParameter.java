package io.neffos.autoconfigure.actuate;

import java.util.Locale;

import io.neffos.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * How far a request reaches, as its parameter says. Not an enum parameter: Actuator would
 * refuse what it does not know without saying what it knows.
 */
final class ScopeParameter {

	private ScopeParameter() {
	}

	static Scope read(@Nullable String value) {
		if (value == null) {
			return Scope.LOCAL;
		}
		for (Scope scope : Scope.values()) {
			if (scope.name().toLowerCase(Locale.ROOT).equals(value)) {
				return scope;
			}
		}
		String reason = "Parameter 'scope' must be local or cluster";
		throw new InvalidEndpointRequestException(reason, reason);
	}

}
