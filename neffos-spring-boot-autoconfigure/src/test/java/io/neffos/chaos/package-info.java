/**
 * Handlers of endings that do everything a handler may do, while clients vanish under
 * load. Entered by threads of tests, of the server and of the swarm.
 */
@NullMarked
package io.neffos.chaos;

import org.jspecify.annotations.NullMarked;
