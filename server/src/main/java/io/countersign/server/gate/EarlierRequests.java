package io.countersign.server.gate;

import io.countersign.core.approval.Command;
import io.countersign.core.approval.RequestState;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.StoredRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What an equal request that is there already says to an ask. */
@Component
class EarlierRequests {

    private final Approvals approvals;
    private final Answers answers;
    private final Denials denials;

    EarlierRequests(Approvals approvals, Answers answers, Denials denials) {
        this.approvals = approvals;
        this.answers = answers;
        this.denials = denials;
    }

    /** The request as the clock and the rules of now have it: ended if it is over, approved if nothing is missing. */
    StoredRequest settled(Considered considered, StoredRequest stored) {
        RequestState state = stored.request().state();
        boolean alive = state instanceof RequestState.Pending || state instanceof RequestState.Approved;
        return alive
                ? approvals
                        .act(
                                new Act(considered.actor(), new Command.Review()),
                                stored,
                                considered.rulebook(),
                                considered.now())
                        .stored()
                : stored;
    }

    /**
     * What a settled request says; nothing when a new one may be opened.
     *
     * @param resubmit whether a denied or expired one is put again on purpose
     */
    Optional<Judged> say(Considered considered, StoredRequest stored, boolean resubmit) {
        Instant now = considered.now();
        return switch (stored.request().stateAt(now)) {
            case RequestState.Pending _, RequestState.Approved _ ->
                Optional.of(new Judged.Told(
                        answers.ofRequest(stored, considered.rulebook().epoch(), now), false));
            case RequestState.Executing executing -> {
                if (considered
                        .rulebook()
                        .directory()
                        .settings()
                        .outcomeIsLate(executing.execution().at(), now)) {
                    approvals.unblock(stored);
                    yield Optional.empty();
                }
                yield Optional.of(denials.ofRequest(
                        considered, stored, "executing", stored.name() + " is being executed right now"));
            }
            case RequestState.Denied denied -> remembered(considered, stored, resubmit, denied.at());
            case RequestState.Expired expired -> remembered(considered, stored, resubmit, expired.at());
            case RequestState.End _ -> Optional.empty();
        };
    }

    private Optional<Judged> remembered(
            Considered considered, StoredRequest stored, boolean resubmit, Instant endedAt) {
        Duration memory = considered.rulebook().directory().settings().denialMemory();
        if (!endedAt.plus(memory).isAfter(considered.now())) {
            return Optional.empty();
        }
        if (resubmit) {
            return againOnPurpose(considered, stored);
        }
        boolean wasDenied = stored.request().stateAt(considered.now()) instanceof RequestState.Denied;
        return Optional.of(denials.ofRequest(
                considered,
                stored,
                wasDenied ? "denied" : "expired",
                "the same was " + (wasDenied ? "denied" : "left to expire") + " as " + stored.name() + " at "
                        + endedAt));
    }

    private Optional<Judged> againOnPurpose(Considered considered, StoredRequest stored) {
        if (!considered.ask().subject().isPerson()) {
            return Optional.of(denials.ofRequest(
                    considered, stored, "resubmit-not-allowed", "only people resubmit, not accounts"));
        }
        return approvals.resubmitted(stored)
                ? Optional.of(denials.ofRequest(
                        considered, stored, "already-resubmitted", stored.name() + " was resubmitted once already"))
                : Optional.empty();
    }
}
