package io.countersign.core.approval;

import io.countersign.core.policy.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a carried-out command did; each becomes an entry of the audit log in the same transaction. */
public sealed interface Event {

    /** A vote was recorded. */
    record Voted(Vote vote) implements Event {}

    /** A person took his vote back. */
    record Withdrawn(Vote vote) implements Event {}

    /** A vote was struck because its credential was compromised. */
    record Struck(Vote vote) implements Event {}

    /** Rules that are new or changed since the opening must be met too. */
    record RequirementsAdded(List<Requirement> added) implements Event {}

    /** Every requirement is met. */
    record Approved(Grant grant, List<Tally> tallies) implements Event {}

    /** A break-glass session let it pass; the tallies that are not met were bypassed. */
    record Bypassed(Grant grant, Bypass by, List<Tally> tallies) implements Event {}

    /** An eligible person said no. */
    record Denied(Vote vote) implements Event {}

    /** The requester gave it up, or another ask took its place. */
    record Cancelled(@Nullable String successor) implements Event {}

    /** The deadline has passed. */
    record Expired() implements Event {}

    /** The grant was not used in time. */
    record GrantExpired(Grant grant) implements Event {}

    /** The grant was taken back, or another ask took its place. */
    record Revoked(Grant grant, String by, @Nullable String successor) implements Event {}

    /** The grant was used. */
    record Redeemed(Grant grant, Execution execution) implements Event {}

    /** A redemption found rules or eligibility changed; the grant has ended. */
    record Reopened(Grant grant, List<Tally> tallies) implements Event {}

    /** The execution has ended. */
    record Executed(Execution execution, Outcome outcome) implements Event {}
}
