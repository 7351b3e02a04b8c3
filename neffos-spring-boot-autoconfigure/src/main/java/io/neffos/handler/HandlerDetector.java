package io.neffos.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.annotation.Order;

import io.neffos.SystemEvents;
import io.neffos.annotation.OnEvent;

/**
 * Finds the annotated methods of a class and reads what they declare.
 */
final class HandlerDetector {

	/** The annotations that mark handlers; the others are composed of the first. */
	private static final List<HandlerKind> ROOTS = List.of(HandlerKind.EVENT, HandlerKind.ROOM_CREATED,
			HandlerKind.ROOM_DESTROYED, HandlerKind.LOCAL_ROOM_CREATED, HandlerKind.LOCAL_ROOM_DESTROYED,
			HandlerKind.CONNECT, HandlerKind.DISCONNECT, HandlerKind.EXCEPTION);

	private HandlerDetector() {
	}

	/**
	 * The methods with an annotation that only makes sense in a namespace.
	 * @param type a class
	 * @return the methods, of the class and of those it inherits from
	 */
	static List<Method> candidates(Class<?> type) {
		Map<Method, List<MergedAnnotation<?>>> found = MethodIntrospector.selectMethods(type,
				(Method method) -> emptyToNull(annotationsOf(method).stream()
					.filter((annotation) -> kindOf(annotation) != HandlerKind.EXCEPTION)
					.toList()));
		return List.copyOf(found.keySet());
	}

	/**
	 * The handlers that a class declares, in a stable order.
	 * @param type the class of a bean, without proxies
	 * @return the handlers
	 * @throws InvalidHandlerException for a declaration that makes no sense
	 */
	static List<DeclaredHandler> detect(Class<?> type) {
		Map<Method, List<MergedAnnotation<?>>> found = MethodIntrospector.selectMethods(type,
				(Method method) -> emptyToNull(annotationsOf(method)));
		return found.entrySet()
			.stream()
			.map((entry) -> declared(type, entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparingInt(HandlerDetector::orderOf).thenComparing(DeclaredHandler::toString))
			.toList();
	}

	private static int orderOf(DeclaredHandler handler) {
		return MergedAnnotations.from(handler.method(), SearchStrategy.TYPE_HIERARCHY)
			.get(Order.class)
			.getValue("value", Integer.class)
			.orElse(Ordered.LOWEST_PRECEDENCE);
	}

	private static <T> @Nullable List<T> emptyToNull(List<T> list) {
		return list.isEmpty() ? null : list;
	}

	private static List<MergedAnnotation<?>> annotationsOf(Method method) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		List<MergedAnnotation<?>> all = ROOTS.stream()
			.<MergedAnnotation<?>>flatMap((kind) -> annotations.stream(kind.annotation()))
			.toList();
		int nearest = all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(0);
		return all.stream().filter((annotation) -> annotation.getAggregateIndex() == nearest).toList();
	}

	/** The kind that the nearest of our annotations on the way to the root stands for. */
	private static HandlerKind kindOf(MergedAnnotation<?> annotation) {
		List<Class<? extends Annotation>> path = annotation.getMetaTypes();
		return Arrays.stream(HandlerKind.values())
			.filter((kind) -> path.contains(kind.annotation()))
			.max(Comparator.comparing((kind) -> kind != HandlerKind.EVENT))
			.orElseThrow();
	}

	private static DeclaredHandler declared(Class<?> type, Method method, List<MergedAnnotation<?>> annotations) {
		String where = DeclaredHandler.describe(type, method);
		if (annotations.size() > 1) {
			throw new InvalidHandlerException(
					"%s has more than one handler annotation: %s".formatted(where,
							annotations.stream()
								.map((annotation) -> "@" + annotation.getRoot().getType().getSimpleName())
								.collect(Collectors.joining(" and "))),
					"Write one method for each and let them share a third.");
		}
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw new InvalidHandlerException("%s is a handler, but private or static".formatted(where),
					"Make it an instance method that is at least package-private.");
		}
		MergedAnnotation<?> annotation = annotations.get(0);
		HandlerKind kind = kindOf(annotation);
		String event = "";
		String pattern = "";
		if (annotation.getType() == OnEvent.class) {
			event = annotation.getString("value");
			pattern = annotation.getString("room");
			checkEventName(kind, event, where);
		}
		else if (kind.isRoomLife()) {
			pattern = annotation.getString("value");
		}
		return new DeclaredHandler(type, method, kind, event, readPattern(pattern, where));
	}

	private static void checkEventName(HandlerKind kind, String event, String where) {
		if (event.isEmpty()) {
			throw new InvalidHandlerException("%s handles an event with an empty name".formatted(where),
					"Name the event in @OnEvent, or use @OnAnyEvent for those that have no handler of their own.");
		}
		if (kind == HandlerKind.EVENT && SystemEvents.isSystemEvent(event)) {
			String own = Arrays.stream(HandlerKind.values())
				.filter((candidate) -> candidate != HandlerKind.EVENT)
				.filter((candidate) -> {
					OnEvent declared = candidate.annotation().getAnnotation(OnEvent.class);
					return declared != null && declared.value().equals(event);
				})
				.map(HandlerKind::label)
				.findFirst()
				.orElseThrow();
			throw new InvalidHandlerException(
					"%s handles '%s' by @OnEvent, which is an event of the library".formatted(where, event),
					"Use " + own + " instead.");
		}
	}

	private static RoomPattern readPattern(String pattern, String where) {
		try {
			return RoomPattern.of(pattern);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerException(
					"%s has the room pattern '%s', which cannot be read: %s".formatted(where, pattern, ex.getMessage()),
					"Correct the pattern; it is one of Spring's AntPathMatcher.");
		}
	}

}
