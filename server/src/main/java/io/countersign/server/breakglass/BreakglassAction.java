package io.countersign.server.breakglass;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was done in a session.
 *
 * @param requestId the request whose requirements it bypassed, or none where nothing was in its way
 */
record BreakglassAction(
        String id,
        String sessionId,
        Instant at,
        String subjectId,
        String callerId,
        String action,
        String resourceType,
        String resourceId,
        String resourceName,
        String digest,
        @Nullable String reason,
        @Nullable String requestId) {}
