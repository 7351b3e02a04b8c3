/**
 * Load on a real server over real sockets: clients of plain TCP, many on one thread, that
 * stall, flood and vanish as it pleases a test. Entered by the thread of the test and by
 * the one of the swarm.
 */
@NullMarked
package io.neffos.load;

import org.jspecify.annotations.NullMarked;
