/**
 * One side of one connection: acknowledgement, namespaces, rooms, asks, mailbox, outbox.
 * <p>
 * Threads, in six sentences.
 * <ol>
 * <li>A connection has a <em>mailbox</em>, which runs handlers in order on the executor
 * that is handed in, and an <em>outbox</em>, which writes in order and never blocks the
 * one who sends.</li>
 * <li>Namespaces and rooms of a connection change only inside its mailbox; readers get
 * snapshots.</li>
 * <li>Answers never enter the mailbox, so handlers may ask; a handler that waits for its
 * own join, leave or connect runs the second half of it inline instead of queueing behind
 * itself; a peer's request that arrives meanwhile still queues.</li>
 * <li>Indexes of the server change only under the lock of the room or namespace
 * concerned, which also drops what became empty.</li>
 * <li>No user code and no socket write runs while a lock is held.</li>
 * <li>Every wait ends by answer, timeout or close; closing fails all pending asks.</li>
 * </ol>
 */
@NullMarked
package io.neffos.engine;

import org.jspecify.annotations.NullMarked;
