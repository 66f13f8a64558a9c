package io.countersign.core.approval;

import io.countersign.core.action.PayloadDigest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a command was not carried out; nothing has changed then. */
public sealed interface Refusal {

    /** The person may not approve any requirement of the request, by these rules. */
    record NotEligible(Set<Standing> rules) implements Refusal {
        public NotEligible {
            rules = Set.copyOf(rules);
        }
    }

    /** The person has voted; this is the recorded vote. */
    record AlreadyReviewed(Vote recorded) implements Refusal {}

    /** The person has no vote to withdraw. */
    record NothingToWithdraw() implements Refusal {}

    /** The request is not waiting for votes any more. */
    record NotPending(RequestState state) implements Refusal {}

    /** The request was cancelled by its requester and exists for no voter. */
    record NotFound() implements Refusal {}

    /** What was shown is not what is asked, or another ask has taken its place. */
    record PayloadChanged(
            @Nullable PayloadDigest asked, @Nullable String successor) implements Refusal {}

    /** This vote needs a note. */
    record NoteRequired(String requirementName) implements Refusal {}

    /** The grant has been used. */
    record AlreadyRedeemed(Instant at) implements Refusal {}

    /** What is about to be executed is not what was granted; these fields differ. */
    record GrantMismatch(List<String> fields) implements Refusal {}

    /** The caller is not the subject and may not redeem for others. */
    record NotTheRedeemer() implements Refusal {}

    /** There is no grant to act on in this state. */
    record NoGrant(RequestState state) implements Refusal {}

    /** Rules or people changed since the approval; the request is pending again. */
    record Reopened(List<Tally> tallies) implements Refusal {}

    /** The break-glass session it rests on is over, or lets this pass no more. */
    record SessionOver(String sessionId) implements Refusal {}

    /** The outcome was reported before; the first report stands. */
    record AlreadyReported(Outcome outcome) implements Refusal {}

    /** The principal has no say over this grant. */
    record NotYours() implements Refusal {}
}
