/**
 * Runs the servers that are compared and the load, and reports what came out. Entered by
 * the main thread only.
 */
@NullMarked
package io.neffos.benchmark;

import org.jspecify.annotations.NullMarked;
