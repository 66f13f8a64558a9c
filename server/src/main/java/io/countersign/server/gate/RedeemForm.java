package io.countersign.server.gate;

import org.jspecify.annotations.Nullable;

/**
 * What an enforcement point is about to execute.
 *
 * @param executionId drawn at random by the executing process, 16 to 128 characters; repeats the answer for it alone
 * @param grantId the grant to use, or none to use the one for exactly this subject, action, resource and payload
 */
record RedeemForm(
        String action,
        AskForm.ResourceForm resource,
        @Nullable String subject,
        @Nullable String reason,
        String payloadDigest,
        String executionId,
        @Nullable String grantId) {}
