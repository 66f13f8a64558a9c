package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.policy.Requirement;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks those who could close a pending request to look at it: written down for them, and not too often. */
@Service
class Reminders {

    /** No request is reminded of twice within so long. */
    static final Duration PAUSE = Duration.ofHours(1);

    private static final int MOST_ADDRESSED = 100;

    private final TransactionTemplate transactions;
    private final Credentials credentials;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final RequestStore requests;
    private final AuditLog log;

    Reminders(
            TransactionTemplate transactions,
            Credentials credentials,
            Rulebooks rulebooks,
            Approvals approvals,
            RequestStore requests,
            AuditLog log) {
        this.transactions = transactions;
        this.credentials = credentials;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.requests = requests;
        this.log = log;
    }

    /** Reminds, for the requester or somebody who may approve it. */
    void remind(Caller caller, Actor actor, String name) {
        transactions.executeWithoutResult(_ -> {
            credentials.recheck(caller, Permission.REQUESTS_CANCEL);
            Rulebook rulebook = rulebooks.hold(actor.organizationId());
            Approvals.Locked locked = approvals
                    .lockNamed(actor.organizationId(), name)
                    .orElseThrow(() -> ApprovalProblems.notFound(name));
            StoredRequest stored = locked.stored();
            Instant now = locked.at();
            RequestState state = stored.request().stateAt(now);
            if (!(state instanceof RequestState.Pending)) {
                throw ApprovalProblems.of(new Refusal.NotPending(state), stored).raise();
            }
            Circumstances circumstances = rulebook.circumstances(stored.request(), "", now);
            demandMay(actor.principalId(), stored, circumstances);
            demandPause(stored, now);
            requests.remind(actor.organizationId(), stored.request().id(), now);
            log.append(
                    actor,
                    new ApprovalEntry.ReminderAsked(
                            stored.name(), actor.principalId(), closers(stored.request(), circumstances)),
                    stored.request().id());
        });
    }

    private static void demandMay(String principalId, StoredRequest stored, Circumstances circumstances) {
        ApprovalRequest request = stored.request();
        boolean asked = request.parties().subject().id().equals(principalId)
                || request.parties().caller().id().equals(principalId)
                || request.parties().owners().contains(principalId);
        if (!asked && !Approvals.mayApproveSome(request, principalId, circumstances)) {
            throw Problem.of(
                            403,
                            "not-yours",
                            "only who asked for " + stored.name() + " or may approve it reminds others")
                    .remedy("ask its requester")
                    .raise();
        }
    }

    private static void demandPause(StoredRequest stored, Instant now) {
        Instant last = stored.remindedAt();
        if (last != null && last.plus(PAUSE).isAfter(now)) {
            throw Problem.of(409, "reminded-lately", "those who are missing were reminded at " + last)
                    .remedy("wait until " + last.plus(PAUSE) + ", or speak to them")
                    .with("remindedAt", last)
                    .with("again", last.plus(PAUSE))
                    .raise();
        }
    }

    /** Whose approval would bring it nearer, at most 100 of them. */
    private static List<String> closers(ApprovalRequest request, Circumstances circumstances) {
        Counting counting = new Counting(request, circumstances);
        SortedSet<String> closers = new TreeSet<>();
        for (Requirement requirement : request.requirements()) {
            Outlook outlook = counting.outlook(requirement);
            if (!outlook.tally().met()) {
                closers.addAll(outlook.closers());
            }
        }
        return closers.stream().limit(MOST_ADDRESSED).toList();
    }
}
