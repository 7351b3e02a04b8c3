package io.neffos.handler;

import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.messaging.handler.annotation.DestinationVariable;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.util.ClassUtils;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.annotation.ValidationAnnotationUtils;

import io.neffos.Room;

/**
 * Makes sure when the application starts that every argument of a handler can be
 * resolved, so that no client has to find out.
 */
final class ParameterRules {

	private static final Set<String> BODY_PACKAGES = Set.of("java.lang", "java.util", "java.time", "java.math",
			"java.net");

	private static final List<String> FRAMEWORKS = List.of("java.", "javax.", "jakarta.", "org.springframework.");

	private static final String OWN_PACKAGE = Room.class.getPackageName();

	private final HandlerMethodArgumentResolver custom;

	private final ConversionService conversionService;

	private final boolean validates;

	ParameterRules(HandlerMethodArgumentResolver custom, ConversionService conversionService, boolean validates) {
		this.custom = custom;
		this.conversionService = conversionService;
		this.validates = validates;
	}

	void check(DeclaredHandler handler, MethodParameter[] parameters, boolean forClients) {
		List<MethodParameter> bodies = new ArrayList<>();
		for (MethodParameter parameter : parameters) {
			parameter.initParameterNameDiscovery(DefaultParameterNameDiscoverer.getSharedInstance());
			if (isBody(handler.kind(), parameter)) {
				bodies.add(parameter);
			}
			String problem = problem(handler, parameter);
			if (problem == null && forClients && !this.custom.supportsParameter(parameter)) {
				problem = ClientRules.problem(parameter);
			}
			if (problem != null) {
				throw new InvalidHandlerException(
						"%s of %s cannot be resolved: %s".formatted(describe(parameter), handler, problem),
						handler.kind().legalArguments());
			}
		}
		if (bodies.size() > 1) {
			throw new InvalidHandlerException("%s and %s of %s would both be the body of the message"
				.formatted(describe(bodies.get(0)), describe(bodies.get(1)), handler), handler.kind().legalArguments());
		}
	}

	private boolean isBody(HandlerKind kind, MethodParameter parameter) {
		return !this.custom.supportsParameter(parameter) && (parameter.hasParameterAnnotation(Payload.class)
				|| (!parameter.hasParameterAnnotation(DestinationVariable.class) && !isKnown(kind, parameter)));
	}

	private static boolean isKnown(HandlerKind kind, MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		return kind.contextTypes().contains(parameter.getParameterType()) || type == Room.class
				|| Principal.class.isAssignableFrom(type)
				|| (kind == HandlerKind.EXCEPTION && Throwable.class.isAssignableFrom(type));
	}

	private @Nullable String problem(DeclaredHandler handler, MethodParameter parameter) {
		HandlerKind kind = handler.kind();
		if (this.custom.supportsParameter(parameter)) {
			return null;
		}
		if (isBody(kind, parameter)) {
			return bodyProblem(kind, parameter);
		}
		if (parameter.hasParameterAnnotation(DestinationVariable.class)) {
			return variableProblem(handler.pattern(), parameter);
		}
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		if (type == Room.class) {
			return roomProblem(kind, parameter);
		}
		if (Principal.class.isAssignableFrom(type) && !kind.hasPrincipal()) {
			return "there is no one connection whose principal could be meant";
		}
		return null;
	}

	private @Nullable String roomProblem(HandlerKind kind, MethodParameter parameter) {
		return switch (kind.room()) {
			case NEVER -> "no room is joined when it is called";
			case OPTIONAL -> parameter.isOptional() ? null
					: "it is also called when no room is joined; make it Optional<Room> or @Nullable";
			case USUAL -> null;
		};
	}

	private @Nullable String variableProblem(RoomPattern pattern, MethodParameter parameter) {
		DestinationVariable annotation = parameter.getParameterAnnotation(DestinationVariable.class);
		String name = (annotation != null && !annotation.value().isEmpty()) ? annotation.value()
				: parameter.getParameterName();
		if (name == null) {
			return "its name is not in the class file; name the variable in the annotation or compile with -parameters";
		}
		if (!pattern.variables().contains(name)) {
			return "the room pattern '%s' has no variable '%s'".formatted(pattern, name);
		}
		TypeDescriptor target = new TypeDescriptor(parameter.nestedIfOptional());
		return this.conversionService.canConvert(TypeDescriptor.valueOf(String.class), target) ? null
				: "no text can be converted to its type";
	}

	private @Nullable String bodyProblem(HandlerKind kind, MethodParameter parameter) {
		if (!isDeclaredBody(parameter)) {
			return "no argument of a handler has its type or annotation, and it does not look like the body of a"
					+ " message either, unless @Payload says so";
		}
		if (kind.body() == HandlerKind.Presence.NEVER) {
			return "no body of a message is there when it is called";
		}
		if (kind.body() == HandlerKind.Presence.OPTIONAL && !BodyArgumentResolver.toleratesNoBody(parameter)) {
			return "it is also called when there is no body; make it Optional or @Nullable";
		}
		if (!this.validates && Arrays.stream(parameter.getParameterAnnotations())
			.anyMatch((annotation) -> ValidationAnnotationUtils.determineValidationHints(annotation) != null)) {
			return "it is to be validated, and there is no Validator";
		}
		return null;
	}

	/** Whether a parameter that nobody else resolves can be meant as the body. */
	private static boolean isDeclaredBody(MethodParameter parameter) {
		Class<?> type = parameter.nestedIfOptional().getNestedParameterType();
		Class<?> element = elementType(type);
		if (element.getPackageName().equals(OWN_PACKAGE)) {
			return false;
		}
		if (parameter.hasParameterAnnotation(Payload.class)) {
			return true;
		}
		boolean foreign = Arrays.stream(parameter.getParameterAnnotations()).anyMatch(ParameterRules::isForeign);
		boolean readable = !element.isInterface() || element == CharSequence.class || Map.class == element
				|| Collection.class.isAssignableFrom(element) || element == Iterable.class;
		boolean framework = FRAMEWORKS.stream().anyMatch(element.getName()::startsWith)
				&& !BODY_PACKAGES.contains(element.getPackageName());
		return !foreign && readable && (element.isPrimitive() || !framework);
	}

	/**
	 * Whether an annotation asks for something that a resolver of somebody else would
	 * know.
	 */
	private static boolean isForeign(Annotation annotation) {
		Class<? extends Annotation> type = annotation.annotationType();
		return type.getName().startsWith("org.springframework.") && type != Validated.class
				&& !type.getSimpleName().equals("Nullable") && !type.getSimpleName().equals("NonNull");
	}

	private static Class<?> elementType(Class<?> type) {
		return type.isArray() ? elementType(type.getComponentType()) : ClassUtils.resolvePrimitiveIfNecessary(type);
	}

	private static String describe(MethodParameter parameter) {
		return "Parameter %d of type %s".formatted(parameter.getParameterIndex() + 1,
				parameter.getParameterType().getTypeName());
	}

}
