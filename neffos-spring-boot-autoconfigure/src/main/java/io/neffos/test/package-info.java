/**
 * What applications are tested with: a tester that speaks to a server as a client does
 * and says what it expects, connections in memory, and a slice for Spring Boot's tests.
 * <p>
 * Tests call from any thread, and wait there; what arrives is taken by the thread that
 * brings it, which runs no code of the test. No threads are made here.
 */
@NullMarked
package io.neffos.test;

import org.jspecify.annotations.NullMarked;
