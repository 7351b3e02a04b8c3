/**
 * Our server: an application on the starter. Entered by the container and by the threads
 * that run handlers.
 */
@NullMarked
package io.neffos.benchmark.peer.ours;

import org.jspecify.annotations.NullMarked;
