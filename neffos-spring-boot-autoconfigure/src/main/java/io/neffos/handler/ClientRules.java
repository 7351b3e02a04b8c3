package io.neffos.handler;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

import java.security.Principal;

import io.neffos.NeffosServer;
import io.neffos.annotation.NeffosNamespace.Choice;
import io.neffos.annotation.NeffosNamespace.Overflow;

/** What handlers for clients cannot ask for, because only a server has it. */
final class ClientRules {

	private ClientRules() {
	}

	static void check(HandlerBean bean) {
		if (bean.declaration().relay() != Choice.DEFAULT || bean.declaration().roomCheck() != Choice.DEFAULT
				|| bean.declaration().overflow() != Overflow.DEFAULT) {
			throw new InvalidHandlerException(
					"%s is for clients and chooses relay, roomCheck or overflow, which are a server's".formatted(bean),
					"Remove the choice, or let the namespace be one of the server's (side = SERVER).");
		}
	}

	static void check(HandlerBean bean, DeclaredHandler handler) {
		if (handler.kind().isRoomLife()) {
			throw new InvalidHandlerException(
					"%s of %s is for clients, which do not hear of the creation and destruction of rooms"
						.formatted(handler, bean),
					"Remove the method, or move it to a namespace of the server (side = SERVER).");
		}
	}

	/** Why a parameter cannot be resolved on a client, or {@code null}. */
	static @Nullable String problem(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (type == NeffosServer.class) {
			return "a handler for clients is not called by the server; inject the bean into the class if it is meant";
		}
		return Principal.class.isAssignableFrom(type) ? "a client's connection has no principal" : null;
	}

}
