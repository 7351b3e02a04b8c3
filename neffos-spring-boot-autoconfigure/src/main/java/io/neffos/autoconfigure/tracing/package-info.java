/**
 * Spring Boot wiring of traces that go on from server to server. Beans are created by the
 * thread that starts the application; what they make is called by any thread.
 */
@NullMarked
package io.neffos.autoconfigure.tracing;

import org.jspecify.annotations.NullMarked;
