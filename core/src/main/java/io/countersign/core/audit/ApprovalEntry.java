package io.countersign.core.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a request. */
public sealed interface ApprovalEntry extends Entry {

    /** The request's number, such as {@code AR-42}. */
    String number();

    @Override
    default String requestNumber() {
        return number();
    }

    /** One rule that must be met, as the entry names it. */
    record Demand(String ruleId, int version, String bindingId, String name) {}

    /** An ask was held; one of an emergency workflow stands out, and so does all that follows from it. */
    record RequestOpened(
            String number,
            String subjectId,
            String callerId,
            String action,
            String resource,
            String payloadDigest,
            @Nullable String reason,
            Instant deadline,
            List<Demand> requirements,
            List<String> bypassed,
            @Nullable String supersedes,
            @Nullable String resubmits,
            boolean emergency)
            implements ApprovalEntry {

        @Override
        public boolean prominent() {
            return emergency;
        }
    }

    /** A person approved or denied. */
    record VoteCast(
            String number,
            String voteId,
            String personId,
            String vote,
            @Nullable String note,
            @Nullable String riskAcknowledged,
            String payloadDigest,
            String channel,
            String credentialId,
            List<String> requirements)
            implements ApprovalEntry {}

    /** A voter asked for something to be done after the request; the day is as in {@code 2026-03-02}. */
    record FollowUpMade(String number, String followUpId, String text, String ownerId, String dueOn, String voteId)
            implements ApprovalEntry {}

    /** It was done. */
    record FollowUpDone(
            String number,
            String followUpId,
            String personId,
            @Nullable String note) implements ApprovalEntry {}

    /** Those who could close a pending request were to be reminded of it. */
    record ReminderAsked(String number, String personId, List<String> addressees) implements ApprovalEntry {}

    /** Somebody who is not eligible tried to vote. */
    record VoteRefused(String number, String personId, String why) implements ApprovalEntry {}

    /** A person took his vote back; what was to be done after it and is not done yet is owed no more. */
    record VoteWithdrawn(String number, String voteId, String personId) implements ApprovalEntry {}

    /** A vote was struck because its credential was compromised, and with it what was still to be done after it. */
    record VoteStruck(String number, String voteId, String personId) implements ApprovalEntry {}

    /** Rules that are new or changed since the opening were added. */
    record RequirementsAdded(String number, List<Demand> requirements) implements ApprovalEntry {}

    /** Nobody can meet it as people and rules are now; for its requester and for who answers for the rules. */
    record RequestUnsatisfiable(String number, List<String> missing, List<String> addressees)
            implements ApprovalEntry {}

    /** It can be met again. */
    record RequestSatisfiable(String number, List<String> addressees) implements ApprovalEntry {}

    /** Somebody looked at the likely secrets of a payload, which are covered otherwise. */
    record PayloadRevealed(String number, String personId, String payloadDigest, int findings)
            implements ApprovalEntry {}

    /** Every requirement was met and a grant was made. */
    record RequestApproved(
            String number,
            String grantId,
            Instant expiresAt,
            Instant usableUntil,
            List<String> approvers,
            boolean emergency)
            implements ApprovalEntry {

        @Override
        public boolean prominent() {
            return emergency;
        }
    }

    /** A break-glass session let it pass; the requirements that were not met were bypassed, and a grant was made. */
    record RequestBypassed(
            String number,
            String sessionId,
            String session,
            String justification,
            String incident,
            String subjectId,
            String callerId,
            String action,
            String resource,
            String payloadDigest,
            String grantId,
            Instant expiresAt,
            List<Demand> bypassed)
            implements ApprovalEntry {

        @Override
        public boolean prominent() {
            return true;
        }
    }

    /** An eligible person's denial ended it. */
    record RequestDenied(
            String number, String personId, @Nullable String note) implements ApprovalEntry {}

    /** Its requester gave it up, or another ask took its place. */
    record RequestCancelled(String number, @Nullable String successor) implements ApprovalEntry {}

    /** Its deadline passed. */
    record RequestExpired(String number, Instant deadline) implements ApprovalEntry {}

    /** A redemption found rules or eligibility changed; the grant has ended. */
    record RequestReopened(String number, String grantId, List<String> missing, Instant deadline)
            implements ApprovalEntry {}

    /** The grant was not used in time. */
    record GrantExpired(String number, String grantId) implements ApprovalEntry {}

    /** The grant was taken back before use. */
    record GrantRevoked(String number, String grantId, String by) implements ApprovalEntry {}

    /** The grant was used. */
    record GrantRedeemed(
            String number,
            String grantId,
            String executionId,
            String callerId,
            String payloadDigest,
            @Nullable String sessionId,
            boolean emergency)
            implements ApprovalEntry {

        @Override
        public boolean prominent() {
            return sessionId != null || emergency;
        }
    }

    /** The execution ended. */
    record RequestExecuted(
            String number,
            String executionId,
            String result,
            @Nullable String text,
            @Nullable String link,
            @Nullable String sessionId,
            boolean emergency)
            implements ApprovalEntry {

        @Override
        public boolean prominent() {
            return sessionId != null || emergency;
        }
    }
}
