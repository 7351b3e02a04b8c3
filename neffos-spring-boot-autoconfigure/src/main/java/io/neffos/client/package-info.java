/**
 * A client: dials a server, comes back when the connection is lost, and offers the same
 * connections, namespaces and rooms as a server does. Entered by the threads of the
 * application, of the dialer, and of the timer; user code runs on the executor for
 * handlers.
 */
@NullMarked
package io.neffos.client;

import org.jspecify.annotations.NullMarked;
