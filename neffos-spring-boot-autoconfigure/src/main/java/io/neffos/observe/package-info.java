/**
 * What happens in a server or a client, for metrics and logs of the application. Entered
 * by any thread, on hot paths.
 */
@NullMarked
package io.neffos.observe;

import org.jspecify.annotations.NullMarked;
