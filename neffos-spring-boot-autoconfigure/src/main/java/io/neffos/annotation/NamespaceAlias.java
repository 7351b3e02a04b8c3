package io.neffos.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives {@link NeffosNamespace#value()} something to be an explicit alias of. Without
 * one, Spring takes the {@code value} of a stereotype for the name of the bean, and two
 * beans of one namespace would clash.
 */
@Target(ElementType.ANNOTATION_TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface NamespaceAlias {

	/**
	 * The name of the namespace.
	 * @return its name
	 */
	String value() default "";

}
