package io.countersign.server.breakglass;

import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.breakglass.Aftermath;
import io.countersign.core.breakglass.Reminder;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.BreakglassRules;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what the clock did to sessions: that one has begun or ended, what its owner is to be reminded of, what is owed
 * and late. Each is written once, whichever node comes first. Nothing rests on it: every decision looks at the clock itself.
 */
@Component
class BreakglassJob {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Ticker ticker;
    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AftermathStore aftermaths;
    private final BreakglassEnds ends;
    private final AuditLog log;
    private final BreakglassFigures figures;

    BreakglassJob(
            Ticker ticker,
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AftermathStore aftermaths,
            BreakglassEnds ends,
            AuditLog log,
            BreakglassFigures figures) {
        this.ticker = ticker;
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.sessions = sessions;
        this.actions = actions;
        this.aftermaths = aftermaths;
        this.ends = ends;
        this.log = log;
        this.figures = figures;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        ticker.every(PAUSE, "breakglass", this::look);
    }

    /** Looks at every session about which something is left to write down. */
    void look() {
        Tally tally = new Tally();
        for (String orgId : sessions.busyOrganizations()) {
            sessions.unended(orgId).forEach(this::follow);
            sessions.owing(orgId).forEach(this::remindOfDebts);
            count(orgId, tally);
        }
        figures.seen(tally.active, tally.lateClosures, tally.lateReviews);
    }

    /** What is counted in one look. */
    private static final class Tally {
        private int active;
        private int lateClosures;
        private int lateReviews;
    }

    private void count(String orgId, Tally tally) {
        DirectoryImage directory = rulebooks.fresh(orgId).directory();
        BreakglassPresenter presenter = new BreakglassPresenter(directory, sessions.now());
        Map<String, AftermathStore.Filed> filed = aftermaths.filed(orgId);
        for (KeptSession kept : sessions.unended(orgId)) {
            tally.active += presenter.state(kept) instanceof SessionState.Active ? 1 : 0;
        }
        for (KeptSession kept : sessions.owing(orgId)) {
            if (presenter.state(kept) instanceof SessionState.Ended ended) {
                BreakglassViews.OwedView owed = presenter.owed(ended, filed.get(kept.id()));
                tally.lateClosures += owed.closureOverdue() ? 1 : 0;
                tally.lateReviews += owed.reviewOverdue() ? 1 : 0;
            }
        }
    }

    private void follow(KeptSession seen) {
        transactions.executeWithoutResult(_ -> {
            Rulebook rulebook = rulebooks.hold(seen.orgId());
            KeptSession kept = sessions.lock(seen.orgId(), seen.id()).orElseThrow();
            if (kept.ended() != null) {
                return;
            }
            Instant now = sessions.now();
            Actor system = Actor.system(kept.orgId());
            switch (BreakglassSessions.state(kept, rulebook.directory(), now)) {
                case SessionState.Requested _ -> {}
                case SessionState.NotOpened refused -> {
                    if (sessions.recordEnd(kept.orgId(), kept.id(), now, "not-opened")) {
                        log.append(
                                system,
                                new BreakglassEntry.BreakglassNotOpened(kept.glass(), refused.why()),
                                kept.id());
                    }
                }
                case SessionState.Active active -> {
                    ends.tellBegun(kept, rulebook, active.start());
                    remind(kept, active, now);
                }
                case SessionState.Ended ended -> ends.ended(system, kept, rulebook, ended, now);
            }
        });
    }

    private void remind(KeptSession kept, SessionState.Active active, Instant now) {
        KeptSession.Told told = kept.told();
        Instant lastUse = actions.uses(kept.orgId(), kept.id())
                .map(BreakglassActionStore.Uses::last)
                .orElse(null);
        Instant quiet = Reminder.quietSince(active, lastUse);
        boolean endsSoon = !told.endsSoon() && Reminder.ENDS_SOON.dueAt(now, active, lastUse);
        boolean idle = !quiet.equals(told.idleSince()) && Reminder.IDLE.dueAt(now, active, lastUse);
        if (endsSoon || idle) {
            sessions.told(
                    kept.orgId(),
                    kept.id(),
                    new KeptSession.Told(
                            true,
                            told.endsSoon() || endsSoon,
                            idle ? quiet : told.idleSince(),
                            told.closureDue(),
                            told.reviewDue()));
        }
        if (endsSoon) {
            remind(kept, "ends-soon", active);
        }
        if (idle) {
            remind(kept, "idle", active);
        }
    }

    private void remind(KeptSession kept, String what, SessionState.Active active) {
        log.append(
                Actor.system(kept.orgId()),
                new BreakglassEntry.BreakglassReminder(
                        kept.glass(), what, active.end(), List.of(kept.session().ownerId())),
                kept.id());
    }

    private void remindOfDebts(KeptSession seen) {
        if (seen.told().closureDue() && seen.told().reviewDue()) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            Rulebook rulebook = rulebooks.hold(seen.orgId());
            KeptSession kept = sessions.lock(seen.orgId(), seen.id()).orElseThrow();
            KeptSession.RecordedEnd end = kept.ended();
            if (end == null) {
                return;
            }
            Instant now = sessions.now();
            BreakglassRules rules = rulebook.directory().settings().breakglass();
            Map<String, AftermathStore.Filed> filed = aftermaths.filed(kept.orgId());
            AftermathStore.Filed done = filed.getOrDefault(kept.id(), new AftermathStore.Filed(null, null));
            Aftermath aftermath = new Aftermath(end.at(), done.closedAt(), done.reviewedAt());
            KeptSession.Told told = kept.told();
            boolean closure = !told.closureDue() && aftermath.closureOverdue(rules.closureAfter(), now);
            boolean review = !told.reviewDue() && aftermath.reviewOverdue(rules.reviewAfter(), now);
            if (closure) {
                overdue(kept, "closure", end.at().plus(rules.closureAfter()));
            }
            if (review) {
                overdue(kept, "review", end.at().plus(rules.reviewAfter()));
            }
            if (closure || review) {
                sessions.told(
                        kept.orgId(),
                        kept.id(),
                        new KeptSession.Told(
                                told.opened(),
                                told.endsSoon(),
                                told.idleSince(),
                                told.closureDue() || closure,
                                told.reviewDue() || review));
            }
        });
    }

    private void overdue(KeptSession kept, String what, Instant dueAt) {
        List<String> addressees = new ArrayList<>(List.of(kept.session().ownerId()));
        if (!addressees.contains(kept.closureOwnerId())) {
            addressees.add(kept.closureOwnerId());
        }
        log.append(
                Actor.system(kept.orgId()),
                new BreakglassEntry.BreakglassOverdue(kept.glass(), what, dueAt, addressees),
                kept.id());
    }
}
