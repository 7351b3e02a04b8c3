/**
 * The neffos wire protocol as pure functions between bytes and values: frames, wait
 * tokens, the acknowledgement, and the names and texts both peers know.
 * <p>
 * Any thread may enter; nothing here blocks, logs or keeps state except
 * {@link io.neffos.protocol.WaitToken.Issuer}, which is thread-safe.
 */
@NullMarked
package io.neffos.protocol;

import org.jspecify.annotations.NullMarked;
