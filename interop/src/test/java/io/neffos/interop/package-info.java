/**
 * Runs the programs in which neffos.js, the Go client and the starter's own client talk
 * to the sample application, in Node, in Go and in Chromium, and turns what they report
 * into tests; and talks as the Java client to the sample application and to an original
 * server.
 *
 * <p>
 * Everything happens on the thread of the test, except the restarts that a program asks
 * for, which happen on the threads of {@link io.neffos.interop.ControlServer}, and the
 * handlers of the Java client, which run on its own.
 */
@NullMarked
package io.neffos.interop;

import org.jspecify.annotations.NullMarked;
