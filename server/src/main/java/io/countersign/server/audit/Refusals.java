package io.countersign.server.audit;

import io.countersign.core.audit.AccessEntry;
import io.countersign.core.audit.Entry;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Origin;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.RefusedCalls;
import jakarta.annotation.PreDestroy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes refusals into the log, so many of each principal within a minute; further ones are counted, and the count is
 * written when the minute is over. A flood fills no log, and nothing is dropped in silence.
 */
@Component
public class Refusals implements RefusedCalls {

    static final int ENTRIES_IN_A_WINDOW = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int MOST_CHARACTERS = 500;

    private record Who(String organizationId, String principalId) {}

    /** One minute of one principal; {@code refused} counts all, those with an entry among them. */
    private record Window(long begun, long refused) {}

    private final TransactionTemplate transactions;
    private final AuditLog log;
    private final Map<Who, Window> windows = new ConcurrentHashMap<>();

    Refusals(TransactionTemplate transactions, AuditLog log) {
        this.transactions = transactions;
        this.log = log;
    }

    @Override
    public void refused(Caller caller, Origin origin, String method, String path, Problem problem) {
        note(
                Actor.of(caller, origin),
                new AccessEntry.CallRefused(method, cut(path), problem.code(), cut(problem.detail())),
                null);
    }

    /**
     * Writes one refusal in a transaction of its own, or counts it. A log that cannot be written to changes no answer,
     * because nothing was done.
     *
     * @param requestId id of the request it is about, or none
     */
    public void note(Actor actor, Entry entry, @Nullable String requestId) {
        if (!taken(new Who(actor.organizationId(), actor.principalId()), System.nanoTime())) {
            return;
        }
        write(actor, entry, requestId);
    }

    /** Writes the counts of windows that are over. */
    void settle(long nanoTime) {
        windows.forEach((who, window) -> {
            if (nanoTime - window.begun() >= WINDOW_NANOS && windows.remove(who, window)) {
                settle(who, window, nanoTime);
            }
        });
    }

    @PreDestroy
    void settleAll() {
        long nanoTime = System.nanoTime();
        windows.forEach((who, window) -> {
            if (windows.remove(who, window)) {
                settle(who, window, nanoTime);
            }
        });
    }

    private boolean taken(Who who, long nanoTime) {
        Window window = windows.merge(
                who, new Window(nanoTime, 1), (now, one) -> new Window(now.begun(), now.refused() + one.refused()));
        return window.refused() <= ENTRIES_IN_A_WINDOW;
    }

    private void settle(Who who, Window window, long nanoTime) {
        long counted = window.refused() - ENTRIES_IN_A_WINDOW;
        if (counted > 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime - window.begun());
            write(
                    Actor.system(who.organizationId()),
                    new AccessEntry.CallsRefused(who.principalId(), counted, seconds),
                    null);
        }
    }

    private void write(Actor actor, Entry entry, @Nullable String requestId) {
        try {
            transactions.executeWithoutResult(_ -> log.append(actor, entry, requestId));
        } catch (RuntimeException away) {
            LOG.warn("a refusal could not be written into the log: {}", entry, away);
        }
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS);
    }
}
