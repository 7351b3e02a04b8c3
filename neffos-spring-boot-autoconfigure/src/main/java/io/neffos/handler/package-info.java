/**
 * Turns annotated beans into {@link io.neffos.Namespaces}: finds the methods, checks
 * them, resolves their arguments and understands their answers.
 * <p>
 * Finding and checking happen once, on the thread that starts the application. The
 * handlers are called by many threads of the application's executor at once; everything
 * here is immutable by then, except caches that are safe for it.
 */
@NullMarked
package io.neffos.handler;

import org.jspecify.annotations.NullMarked;
