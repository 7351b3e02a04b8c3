package io.neffos.test;

import java.util.Set;

import io.neffos.annotation.NeffosNamespace;

import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Keeps everything out of a {@link NeffosTest} that is not about namespaces. What serves
 * namespaces is listed in the file of includes of the annotation.
 */
class NeffosTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<NeffosTest> {

	private static final Class<?>[] NO_CLASSES = {};

	private final Class<?>[] namespaces;

	NeffosTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
		this.namespaces = getAnnotation().getValue("namespaces", Class[].class).orElse(NO_CLASSES);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return (this.namespaces.length == 0) ? Set.of(NeffosNamespace.class) : Set.of();
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.of(this.namespaces);
	}

}
