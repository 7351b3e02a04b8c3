/**
 * Annotations that declare namespaces and their handlers on Spring beans. No logic.
 * <p>
 * They are read once, on the thread that starts the application; the methods that carry
 * them are called on the application's executor.
 */
@NullMarked
package io.neffos.annotation;

import org.jspecify.annotations.NullMarked;
