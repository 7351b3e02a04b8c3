/**
 * What members of a room that stop reading do to the others, to the server and to
 * themselves. Entered by the threads of tests.
 */
@NullMarked
package io.neffos.stall;

import org.jspecify.annotations.NullMarked;
