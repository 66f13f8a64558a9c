package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Vote;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it stands in the database: the value the rules judge, and what only people read.
 *
 * @param number the N of AR-N, rising within the organization
 * @param resourceName the resource in people's words at the opening, for example {@code payments/production}
 * @param clusterIds the cluster it is about or whose environment it is about
 * @param title what it would do in words; none of a request of before titles were written down
 * @param supersedes the request it took the place of, as {@code AR-n}, or none
 * @param resubmits the denied or expired request it repeats, as {@code AR-n}, or none
 * @param endedBy the principal whose act ended it, or none
 * @param remindedAt when those who are missing were last to be reminded, or none
 * @param unsatisfiableSince since when nobody can meet it as people and rules are, or none
 */
public record StoredRequest(
        ApprovalRequest request,
        long number,
        String resourceName,
        List<String> projectIds,
        List<String> environmentIds,
        List<String> clusterIds,
        @Nullable RequestTitle title,
        @Nullable String supersedes,
        @Nullable String resubmits,
        @Nullable OutcomeText outcome,
        @Nullable Instant endedAt,
        @Nullable String endedBy,
        @Nullable Instant unsatisfiableSince,
        @Nullable Instant remindedAt) {

    /** What the redeemer said about the outcome besides how it went. */
    public record OutcomeText(
            @Nullable String text,
            @Nullable String link,
            List<String> artifacts,
            @Nullable String reportedBy) {}

    /** The number as people write it. */
    public String name() {
        return "AR-" + number;
    }

    StoredRequest withVotes(List<Vote> votes) {
        ApprovalRequest voted = new ApprovalRequest(
                request.id(),
                request.ask(),
                request.parties(),
                request.requirements(),
                votes,
                request.state(),
                request.openedAt(),
                request.firstOpenedAt(),
                request.deadline());
        return with(voted, endedAt, endedBy);
    }

    /** What an act of this principal made of it. */
    StoredRequest after(ApprovalRequest next, String by) {
        @Nullable Instant end = endedAt(next.state());
        @Nullable String ender = end == null ? null : by;
        return with(next, end, next.state() instanceof RequestState.Denied denied ? denied.personId() : ender);
    }

    private StoredRequest with(ApprovalRequest next, @Nullable Instant end, @Nullable String ender) {
        return new StoredRequest(
                next,
                number,
                resourceName,
                projectIds,
                environmentIds,
                clusterIds,
                title,
                supersedes,
                resubmits,
                outcome,
                end,
                ender,
                unsatisfiableSince,
                remindedAt);
    }

    private static @Nullable Instant endedAt(RequestState state) {
        return switch (state) {
            case RequestState.Executed executed -> executed.outcome().at();
            case RequestState.Denied denied -> denied.at();
            case RequestState.Expired expired -> expired.at();
            case RequestState.Cancelled cancelled -> cancelled.at();
            case RequestState.GrantExpired expired -> expired.at();
            case RequestState.Revoked revoked -> revoked.at();
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _ -> null;
        };
    }
}
