package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Resource;
import io.countersign.core.action.Subject;
import org.jspecify.annotations.Nullable;

/** What somebody wants to do to a request. */
public sealed interface Command {

    /**
     * Approve or deny.
     *
     * @param noteRequired whether the organization demands a note whatever the rules say
     */
    record Cast(
            String voteId,
            String personId,
            Vote.Kind kind,
            @Nullable String note,
            PayloadDigest shown,
            boolean noteRequired)
            implements Command {}

    /** Take one's vote back while the request is pending. */
    record Withdraw(String personId) implements Command {}

    /** Strike a vote whose credential was compromised, as long as its approval has not been used. */
    record Strike(String voteId) implements Command {}

    /** Give the request up; for its subject, who asked for it, or its owners. */
    record Cancel(String principalId) implements Command {}

    /**
     * Make way for an ask of the same subject for the same action and resource that names this one as superseded.
     *
     * @param successor the number of the request that takes its place
     */
    record Supersede(String successor) implements Command {}

    /** Go through at once by a break-glass session, whatever is missing; what is missing is kept as bypassed. */
    record LetPass(Bypass bypass) implements Command {}

    /** Judge again after people or rules have changed, without anybody's vote. */
    record Review() implements Command {}

    /**
     * Use the grant, exactly as the enforcement point is about to execute.
     *
     * @param mayRedeemForOthers whether the caller holds that permission on this resource
     * @param bypass what the session that the grant rests on lets pass at this moment, or none
     */
    record Redeem(
            String organizationId,
            String executionId,
            Subject caller,
            boolean mayRedeemForOthers,
            Subject subject,
            String actionId,
            Resource resource,
            PayloadDigest digest,
            @Nullable Bypass bypass)
            implements Command {

        /** The use of a grant that rests on approvals. */
        public Redeem(
                String organizationId,
                String executionId,
                Subject caller,
                boolean mayRedeemForOthers,
                Subject subject,
                String actionId,
                Resource resource,
                PayloadDigest digest) {
            this(organizationId, executionId, caller, mayRedeemForOthers, subject, actionId, resource, digest, null);
        }
    }

    /**
     * Say how the execution ended.
     *
     * @param settles whether the caller is a person who settles, with a reason, an outcome that is overdue
     */
    record Report(Subject caller, boolean settles, Outcome.Result result) implements Command {}

    /**
     * Take an unspent grant back.
     *
     * @param anybodys whether the principal may revoke grants that are none of his
     */
    record Revoke(String principalId, boolean anybodys) implements Command {}
}
