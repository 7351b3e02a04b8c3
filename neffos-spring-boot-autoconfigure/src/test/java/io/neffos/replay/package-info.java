/**
 * Holds the server and the client against what the original's did in Go, conversation by
 * conversation. The test thread walks through a transcript; handlers run on the threads
 * of the side that is held against it.
 */
@NullMarked
package io.neffos.replay;

import org.jspecify.annotations.NullMarked;
