package io.neffos.engine;

import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * What a join that is in the index has to wait for.
 *
 * @param reachable what to wait for before the join is answered, so that from then on the
 * member gets what other servers send to the room, or {@code null}
 * @param created what to wait for before handlers are told of the member, or {@code null}
 */
public record Joining(@Nullable CompletionStage<?> reachable, @Nullable CompletionStage<?> created) {
}
