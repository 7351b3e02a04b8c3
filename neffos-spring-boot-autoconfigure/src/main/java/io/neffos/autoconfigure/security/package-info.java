/**
 * Handlers run as the user of the connection, for Spring Security. Entered by the threads
 * that run handlers.
 */
@NullMarked
package io.neffos.autoconfigure.security;

import org.jspecify.annotations.NullMarked;
