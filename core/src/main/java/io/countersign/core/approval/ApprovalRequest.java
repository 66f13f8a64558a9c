package io.countersign.core.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One held ask and everything people have said about it; a value, judged by {@link Approval}.
 *
 * @param parties everybody on the asking side
 * @param requirements frozen at the opening, only ever added to
 * @param votes the live ones, in the order they were cast
 * @param openedAt when it was opened or last reopened
 * @param firstOpenedAt when it was opened
 * @param deadline from when on no vote is accepted
 */
public record ApprovalRequest(
        String id,
        Ask ask,
        Parties parties,
        List<Requirement> requirements,
        List<Vote> votes,
        RequestState state,
        Instant openedAt,
        Instant firstOpenedAt,
        Instant deadline) {

    public ApprovalRequest {
        requirements = List.copyOf(requirements);
        votes = List.copyOf(votes);
    }

    /** A request as the gate opens it; at least one requirement is demanded. */
    public static ApprovalRequest open(
            String id, Ask ask, Parties parties, List<Requirement> requirements, Instant now) {
        if (requirements.isEmpty()) {
            throw new IllegalArgumentException("a request without a requirement would approve itself");
        }
        Instant deadline = now.plus(shortestExpiry(requirements));
        return new ApprovalRequest(
                id, ask, parties, requirements, List.of(), new RequestState.Pending(), now, now, deadline);
    }

    /** The state at this moment: what the clock has ended is ended, whether or not any job has run. */
    public RequestState stateAt(Instant now) {
        return switch (state) {
            case RequestState.Pending _ when !now.isBefore(deadline) -> new RequestState.Expired(deadline);
            case RequestState.Approved approved
            when !now.isBefore(approved.grant().expiresAt()) ->
                new RequestState.GrantExpired(approved.grant(), approved.grant().expiresAt());
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _, RequestState.End _ -> state;
        };
    }

    /** The live vote of this person, if any. */
    public Optional<Vote> voteOf(String personId) {
        return votes.stream().filter(vote -> vote.personId().equals(personId)).findFirst();
    }

    static Duration shortestExpiry(List<Requirement> requirements) {
        return requirements.stream()
                .map(Requirement::expiresAfter)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    static Duration shortestGrant(List<Requirement> requirements) {
        return requirements.stream()
                .map(Requirement::grantValidFor)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    ApprovalRequest with(RequestState next) {
        return new ApprovalRequest(id, ask, parties, requirements, votes, next, openedAt, firstOpenedAt, deadline);
    }

    ApprovalRequest withVotes(List<Vote> next) {
        return new ApprovalRequest(id, ask, parties, requirements, next, state, openedAt, firstOpenedAt, deadline);
    }

    ApprovalRequest withVote(Vote vote) {
        List<Vote> all = new ArrayList<>(votes);
        all.add(vote);
        return withVotes(all);
    }

    ApprovalRequest withAdded(List<Requirement> added) {
        List<Requirement> all = new ArrayList<>(requirements);
        all.addAll(added);
        return new ApprovalRequest(id, ask, parties, all, votes, state, openedAt, firstOpenedAt, deadline);
    }

    ApprovalRequest reopened(List<Vote> stillCounting, Instant now) {
        Duration expiry = shortestExpiry(requirements);
        Instant latest = firstOpenedAt.plus(expiry.multipliedBy(2));
        Instant anew = now.plus(expiry);
        // A grant may outlive that limit: then the request ends with it, at this moment and not before.
        Instant limited = anew.isBefore(latest) ? anew : latest;
        return new ApprovalRequest(
                id,
                ask,
                parties,
                requirements,
                stillCounting,
                new RequestState.Pending(),
                now,
                firstOpenedAt,
                limited.isAfter(now) ? limited : now);
    }
}
