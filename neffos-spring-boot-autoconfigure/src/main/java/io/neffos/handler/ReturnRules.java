package io.neffos.handler;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Publisher;
import java.util.concurrent.Future;

import org.springframework.core.ReactiveAdapterRegistry;

import io.neffos.Reply;

/**
 * Makes sure when the application starts that what a handler returns means something.
 */
final class ReturnRules {

	private ReturnRules() {
	}

	static void check(DeclaredHandler handler) {
		Class<?> type = handler.method().getReturnType();
		if (handler.kind() == HandlerKind.EXCEPTION) {
			if (type != void.class && type != Reply.class && !CharSequence.class.isAssignableFrom(type)) {
				throw new InvalidHandlerException(
						"%s returns %s, which is no answer to an exception".formatted(handler, type.getName()),
						"Return the text for the peer, a Reply, or nothing.");
			}
		}
		else if (!CompletionStage.class.isAssignableFrom(type) && isDeferred(type)) {
			throw new InvalidHandlerException(
					"%s returns %s, which nobody waits for".formatted(handler, type.getName()),
					"Return a value, a CompletionStage such as CompletableFuture, or nothing.");
		}
	}

	private static boolean isDeferred(Class<?> type) {
		return Future.class.isAssignableFrom(type) || Publisher.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
