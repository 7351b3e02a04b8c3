package io.neffos.autoconfigure.security;

import java.util.concurrent.Callable;

import io.neffos.Conn;
import io.neffos.ConnAction;
import io.neffos.EventHandler;
import io.neffos.RefusedException;
import io.neffos.handler.EventHandlerDecorator;
import org.jspecify.annotations.Nullable;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Runs handlers as the user who made the handshake, so that {@code @PreAuthorize} works
 * on them and on what they call; what it denies is refused. The context holds for the
 * call; a future that the handler returns completes without it.
 */
final class SecurityContextDecorator implements EventHandlerDecorator {

	@Override
	public EventHandler decorate(String namespace, String event, EventHandler handler) {
		return (conn, message) -> callAs(conn.conn(), () -> handler.handle(conn, message));
	}

	@Override
	public ConnAction decorate(ConnAction action) {
		return (conn) -> callAs(conn, () -> {
			action.handle(conn);
			return null;
		});
	}

	private static @Nullable Object callAs(Conn conn, Callable<@Nullable Object> call) throws Exception {
		SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
		SecurityContext before = holder.getContext();
		holder.setContext(contextOf(conn, holder));
		try {
			return call.call();
		}
		catch (AccessDeniedException ex) {
			throw refusal("access denied", ex);
		}
		catch (AuthenticationException ex) {
			throw refusal("not authenticated", ex);
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
	}

	/** Security's own texts stay here; the peer learns that it may not. */
	private static RefusedException refusal(String text, RuntimeException cause) {
		RefusedException refusal = new RefusedException(text);
		refusal.initCause(cause);
		return refusal;
	}

	private static SecurityContext contextOf(Conn conn, SecurityContextHolderStrategy holder) {
		SecurityContext context = holder.createEmptyContext();
		if (conn.handshake().principal() instanceof Authentication authentication) {
			context.setAuthentication(authentication);
		}
		return context;
	}

}
