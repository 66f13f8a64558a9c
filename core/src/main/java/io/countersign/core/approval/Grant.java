package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Resource;
import io.countersign.core.action.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A single-use permission for exactly one subject, action, resource and payload, until a moment.
 *
 * @param usableUntil until when it needs no further approval; never after {@code expiresAt}
 * @param bypassed what it rests on instead of approvals, or none where every requirement was met
 */
public record Grant(
        String id,
        String organizationId,
        Subject subject,
        String actionId,
        Resource resource,
        PayloadDigest digest,
        Instant madeAt,
        Instant expiresAt,
        Instant usableUntil,
        @Nullable Bypassed bypassed) {

    Grant resting(Bypassed more) {
        return new Grant(id, organizationId, subject, actionId, resource, digest, madeAt, expiresAt, usableUntil, more);
    }
}
