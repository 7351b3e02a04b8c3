/**
 * What the servers that are compared have in common. Entered by their main threads.
 */
@NullMarked
package io.neffos.benchmark.peer;

import org.jspecify.annotations.NullMarked;
