package io.countersign.server.approval;

import io.countersign.core.approval.Command;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Result;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes down what the clock or a changed rule has done to requests. Nothing rests on it: every decision and every listing
 * uses the state derived at its own moment.
 */
@Component
class SettlingJob {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 500;

    private final Ticker ticker;
    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final RequestLookupStore lookups;
    private final RequestStore requests;

    SettlingJob(
            Ticker ticker,
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            RequestLookupStore lookups,
            RequestStore requests) {
        this.ticker = ticker;
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.lookups = lookups;
        this.requests = requests;
    }

    @EventListener(ApplicationStartedEvent.class)
    void start() {
        ticker.every(PAUSE, "settling", this::settle);
    }

    /** Settles what is due, until nothing more is; answers how many requests it looked at. */
    int settle() {
        int looked = 0;
        while (true) {
            var due = lookups.due(lookups.now(), AT_ONCE);
            due.forEach(this::review);
            looked += due.size();
            if (due.size() < AT_ONCE) {
                return looked;
            }
        }
    }

    private void review(RequestLookupStore.Due due) {
        transactions.executeWithoutResult(_ -> {
            Rulebook rulebook = rulebooks.hold(due.orgId());
            approvals.lock(due.orgId(), due.requestId()).ifPresent(locked -> {
                Result result = approvals.act(
                        new Act(Actor.system(due.orgId()), new Command.Review()),
                        locked.stored(),
                        rulebook,
                        locked.at());
                if (!result.change().changed()) {
                    requests.seen(
                            due.orgId(),
                            due.requestId(),
                            new RulesSeen(
                                    rulebook.epoch(), result.circumstances().nextRule()));
                }
            });
        });
    }
}
