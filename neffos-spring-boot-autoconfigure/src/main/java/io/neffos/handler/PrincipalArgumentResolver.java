package io.neffos.handler;

import java.security.Principal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;

import io.neffos.Conn;
import io.neffos.RefusedException;

/**
 * Resolves who the connection was made as.
 */
final class PrincipalArgumentResolver implements HandlerMethodArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return Principal.class.isAssignableFrom(parameter.nestedIfOptional().getNestedParameterType())
				&& !parameter.hasParameterAnnotation(Payload.class);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, Message<?> message) {
		Conn conn = NeffosHeaders.conn(message);
		Principal principal = (conn != null) ? conn.handshake().principal() : null;
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (principal != null && !type.isInstance(principal)) {
			throw new IllegalStateException(
					"The principal is a %s, not a %s".formatted(principal.getClass().getName(), type.getName()));
		}
		if (parameter.getParameterType() == Optional.class) {
			return Optional.ofNullable(principal);
		}
		if (principal == null && !parameter.isOptional()) {
			throw new RefusedException(PeerTexts.NOT_AUTHENTICATED);
		}
		return principal;
	}

}
