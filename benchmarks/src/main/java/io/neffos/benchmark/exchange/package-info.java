/**
 * Puts two servers behind one broker under the same load, ours and the original's, and
 * reports what came out. Entered by the main thread; what a broker delivers to the
 * benchmark itself is counted on the threads of its client.
 */
@NullMarked
package io.neffos.benchmark.exchange;

import org.jspecify.annotations.NullMarked;
