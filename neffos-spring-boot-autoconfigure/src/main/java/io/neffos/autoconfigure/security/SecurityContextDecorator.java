package io.neffos.autoconfigure.security;

import io.neffos.Conn;
import io.neffos.EventHandler;
import io.neffos.handler.EventHandlerDecorator;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Runs handlers as the user who made the handshake, so that {@code @PreAuthorize} works
 * on them and on what they call. The context holds for the call; a future that the
 * handler returns completes without it.
 */
final class SecurityContextDecorator implements EventHandlerDecorator {

	@Override
	public EventHandler decorate(String namespace, String event, EventHandler handler) {
		return (conn, message) -> {
			SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
			SecurityContext before = holder.getContext();
			holder.setContext(contextOf(conn.conn(), holder));
			try {
				return handler.handle(conn, message);
			}
			finally {
				// Pooled threads serve other users next.
				if (before.equals(holder.createEmptyContext())) {
					holder.clearContext();
				}
				else {
					holder.setContext(before);
				}
			}
		};
	}

	private static SecurityContext contextOf(Conn conn, SecurityContextHolderStrategy holder) {
		SecurityContext context = holder.createEmptyContext();
		if (conn.handshake().principal() instanceof Authentication authentication) {
			context.setAuthentication(authentication);
		}
		return context;
	}

}
