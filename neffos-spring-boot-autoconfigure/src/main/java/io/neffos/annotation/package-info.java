/**
 * Annotations that declare handlers. No logic.
 */
@NullMarked
package io.neffos.annotation;

import org.jspecify.annotations.NullMarked;
