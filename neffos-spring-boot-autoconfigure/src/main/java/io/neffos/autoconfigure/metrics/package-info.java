/**
 * Metrics of a server, for Micrometer. Entered by any thread that moves a message, and by
 * those that read the meters.
 */
@NullMarked
package io.neffos.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
