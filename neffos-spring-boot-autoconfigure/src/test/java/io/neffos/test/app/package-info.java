/**
 * A small application of a user, and its tests with the slice and the tester.
 */
@NullMarked
package io.neffos.test.app;

import org.jspecify.annotations.NullMarked;
