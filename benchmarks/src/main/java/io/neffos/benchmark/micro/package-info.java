/**
 * Micro benchmarks, through the engine's public face so that they survive its insides.
 * Entered by JMH's threads.
 */
@NullMarked
package io.neffos.benchmark.micro;

import org.jspecify.annotations.NullMarked;
