package io.countersign.server.audit;

import java.util.Optional;

/** Knows what principals are called now; the directory answers from memory. */
public interface Names {

    /** The id of the principal with this {@code @handle}. */
    Optional<String> idOf(String organizationId, String atHandle);

    /** The handle of a principal, without the {@code @}. */
    Optional<String> handleOf(String organizationId, String principalId);
}
