/**
 * Runs the programs in which neffos.js, the Go client and the starter's own client talk
 * to the sample application, in Node, in Go and in Chromium, and turns what they report
 * into tests.
 *
 * <p>
 * Everything happens on the thread of the test, except the restarts that a program asks
 * for, which happen on the threads of {@link io.neffos.interop.ControlServer}.
 */
@NullMarked
package io.neffos.interop;

import org.jspecify.annotations.NullMarked;
