package io.countersign.server.approval;

import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks whether what is pending can still be met, after people or rules have changed, and writes down where it cannot, to
 * the address of the requester and of who answers for the rule. It looks at a few at a time: no decision rests on it.
 */
@Component
class OutlookJob {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration COUNT_AFTER = Duration.ofSeconds(15);
    private static final int AT_ONCE = 100;

    private final Ticker ticker;
    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final OutlookStore outlooks;
    private final AuditLog log;
    private final RequestFigures figures;

    OutlookJob(
            Ticker ticker,
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            OutlookStore outlooks,
            AuditLog log,
            RequestFigures figures) {
        this.ticker = ticker;
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.outlooks = outlooks;
        this.log = log;
        this.figures = figures;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        ticker.every(PAUSE, "outlook", this::look);
        ticker.every(COUNT_AFTER, "request figures", this::count);
    }

    void count() {
        figures.seen(outlooks.waiting());
    }

    /** Looks at the next few; answers how many. */
    int look() {
        List<OutlookStore.Unseen> unseen = outlooks.unseen(AT_ONCE);
        Map<String, List<OutlookStore.Unseen>> byOrganization = new HashMap<>();
        unseen.forEach(one -> byOrganization
                .computeIfAbsent(one.orgId(), _ -> new ArrayList<>())
                .add(one));
        byOrganization.forEach(this::look);
        return unseen.size();
    }

    private void look(String orgId, List<OutlookStore.Unseen> unseen) {
        Rulebook rulebook = rulebooks.fresh(orgId);
        Instant now = approvals.now();
        List<String> same = new ArrayList<>();
        for (OutlookStore.Unseen one : unseen) {
            boolean changed = approvals
                    .find(orgId, one.requestId())
                    .map(stored -> lacking(stored, rulebook, now).isEmpty() == one.flagged())
                    .orElse(false);
            if (changed) {
                turn(one);
            } else {
                same.add(one.requestId());
            }
        }
        transactions.executeWithoutResult(_ -> outlooks.seen(orgId, same, rulebook.epoch()));
    }

    /** Judges it again, with everything held still, and writes down what has changed. */
    private void turn(OutlookStore.Unseen one) {
        transactions.executeWithoutResult(_ -> {
            Rulebook rulebook = rulebooks.hold(one.orgId());
            approvals.lock(one.orgId(), one.requestId()).ifPresent(locked -> {
                StoredRequest stored = locked.stored();
                Instant now = locked.at();
                List<Outlook> lacking = lacking(stored, rulebook, now);
                boolean flagged = stored.unsatisfiableSince() != null;
                boolean flag = !lacking.isEmpty();
                outlooks.flag(
                        one.orgId(),
                        one.requestId(),
                        flag ? (flagged ? stored.unsatisfiableSince() : now) : null,
                        rulebook.epoch());
                if (flag != flagged && pending(stored, now)) {
                    log.append(Actor.system(one.orgId()), entry(stored, lacking, rulebook), one.requestId());
                }
            });
        });
    }

    /** The requirements of a pending request that nobody could meet; none of one that has ended. */
    private static List<Outlook> lacking(StoredRequest stored, Rulebook rulebook, Instant now) {
        if (!pending(stored, now)) {
            return List.of();
        }
        Counting counting = new Counting(stored.request(), rulebook.circumstances(stored.request(), "", now));
        return stored.request().requirements().stream()
                .map(counting::outlook)
                .filter(Outlook::unsatisfiable)
                .toList();
    }

    private static boolean pending(StoredRequest stored, Instant now) {
        return stored.request().stateAt(now) instanceof RequestState.Pending;
    }

    private static ApprovalEntry entry(StoredRequest stored, List<Outlook> lacking, Rulebook rulebook) {
        SortedSet<String> told = new TreeSet<>();
        told.add(stored.request().parties().subject().id());
        if (lacking.isEmpty()) {
            return new ApprovalEntry.RequestSatisfiable(stored.name(), List.copyOf(told));
        }
        List<String> missing =
                ApprovalEntries.missing(lacking.stream().map(Outlook::tally).toList());
        lacking.forEach(
                outlook -> told.addAll(rulebook.answerableFor(outlook.tally().requirement())));
        return new ApprovalEntry.RequestUnsatisfiable(stored.name(), missing, List.copyOf(told));
    }
}
