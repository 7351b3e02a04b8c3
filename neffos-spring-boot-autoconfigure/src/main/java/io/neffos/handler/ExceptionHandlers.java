package io.neffos.handler;

import java.lang.reflect.Method;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.support.AnnotationExceptionHandlerMethodResolver;

import io.neffos.RefusedException;
import io.neffos.Reply;

/**
 * What becomes of the exceptions of one bean's handlers.
 */
final class ExceptionHandlers {

	private static final Log logger = LogFactory.getLog(ExceptionHandlers.class);

	private final AnnotationExceptionHandlerMethodResolver resolver;

	private final Map<Method, BeanMethod> methods;

	ExceptionHandlers(AnnotationExceptionHandlerMethodResolver resolver, Map<Method, BeanMethod> methods) {
		this.resolver = resolver;
		this.methods = Map.copyOf(methods);
	}

	boolean isEmpty() {
		return this.methods.isEmpty();
	}

	/**
	 * Turn an exception into an answer, or into another exception. A refusal is an answer
	 * already and stays what it is.
	 * @param failure what was thrown
	 * @param context what the handler was called with
	 * @param mayReply whether the exception may be answered by a value
	 * @return the answer
	 * @throws Exception the refusal, or what nobody handles
	 */
	Object handle(Exception failure, Message<?> context, boolean mayReply) throws Exception {
		if (failure instanceof RefusedException refusal) {
			throw refusal;
		}
		Exception cause = (failure instanceof ClientMistakeException mistake) ? mistake.reason() : failure;
		Method method = this.resolver.resolveMethod(cause);
		BeanMethod handler = (method != null) ? this.methods.get(method) : null;
		if (handler == null) {
			throw unhandled(failure, context);
		}
		Object answer = invoke(handler, cause, context);
		if (answer instanceof CharSequence text) {
			throw new RefusedException(text.toString());
		}
		if (answer instanceof Reply reply && mayReply) {
			return reply;
		}
		throw new RefusedException(PeerTexts.INTERNAL_ERROR);
	}

	private static Exception unhandled(Exception failure, Message<?> context) {
		if (!(failure instanceof ClientMistakeException mistake)) {
			return failure;
		}
		if (logger.isDebugEnabled()) {
			// Only the type of the reason: its text may quote the body.
			logger.debug("Refused " + NeffosHeaders.message(context) + ": " + mistake.getMessage() + " ("
					+ mistake.reason().getClass().getSimpleName() + ")");
		}
		return mistake.toRefusal();
	}

	private static @Nullable Object invoke(BeanMethod handler, Exception cause, Message<?> context) throws Exception {
		Throwable root = cause.getCause();
		try {
			return (root != null) ? handler.invoke(context, cause, root) : handler.invoke(context, cause);
		}
		catch (Exception ex) {
			if (ex != cause) {
				ex.addSuppressed(cause);
			}
			throw ex;
		}
	}

}
