package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Resource;
import io.countersign.core.action.Subject;
import java.time.Instant;

/**
 * A single-use permission for exactly one subject, action, resource and payload, until a moment.
 *
 * @param usableUntil until when it needs no further approval; never after {@code expiresAt}
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
        Instant usableUntil) {}
