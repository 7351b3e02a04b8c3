/**
 * The Actuator endpoint that lists namespaces and rooms. Entered by the threads that
 * serve Actuator.
 */
@NullMarked
package io.neffos.autoconfigure.actuate;

import org.jspecify.annotations.NullMarked;
