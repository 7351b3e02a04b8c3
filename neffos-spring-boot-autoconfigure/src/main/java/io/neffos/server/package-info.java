/**
 * Which connections there are, the index of namespaces and rooms, broadcast and
 * server-wide ask. Entered by any thread; indexes change under the lock of the one room
 * or namespace concerned, and no user code or socket write runs while it is held.
 */
@NullMarked
package io.neffos.server;

import org.jspecify.annotations.NullMarked;
