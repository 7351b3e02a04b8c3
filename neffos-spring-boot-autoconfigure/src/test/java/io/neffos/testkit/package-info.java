/**
 * What the tests of the engine are written with: a socket in memory, a client that speaks
 * the wire by hand, and a server to talk to.
 */
@NullMarked
package io.neffos.testkit;

import org.jspecify.annotations.NullMarked;
