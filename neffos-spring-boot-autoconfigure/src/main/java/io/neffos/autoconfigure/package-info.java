/**
 * Configures the library for a Spring Boot application: properties, beans, endpoint
 * mapping. Entered at start and at shutdown by the thread that does these; what it builds
 * is entered by any thread.
 */
@NullMarked
package io.neffos.autoconfigure;

import org.jspecify.annotations.NullMarked;
