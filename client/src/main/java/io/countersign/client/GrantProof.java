package io.countersign.client;

import java.time.Instant;
import java.util.List;

/**
 * What a checked document proves: that this was approved. Whether the grant was redeemed or revoked since, no document tells.
 *
 * @param grantId the grant
 * @param request the request's number, such as {@code AR-42}
 * @param organization id of the organization that approved
 * @param subjectId who was permitted to act
 * @param action id of the action
 * @param resourceName what it is performed on, as people name it
 * @param payloadDigest of exactly the bytes that were approved
 * @param approvedAt when the last approval came
 * @param expiresAt from when on the grant cannot be redeemed
 * @param approvals who approved, in order
 */
public record GrantProof(
        String grantId,
        String request,
        String organization,
        String subjectId,
        String action,
        String resourceName,
        String payloadDigest,
        Instant approvedAt,
        Instant expiresAt,
        List<Approval> approvals) {

    /** One person's approval: id, handle where it was known, and when. */
    public record Approval(String personId, String handle, Instant at) {}

    public GrantProof {
        approvals = List.copyOf(approvals);
    }
}
