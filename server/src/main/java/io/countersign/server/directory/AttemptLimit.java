package io.countersign.server.directory;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * How often passwords may be tried for one handle and from one address. An attempt counts from its beginning, so that
 * many at once are not more than one after the other; it commits by itself and must not be in a transaction.
 */
@Component
class AttemptLimit {

    private final AttemptStore store;
    private final AccessSettings settings;
    private final ServerClock clock;

    AttemptLimit(AttemptStore store, AccessSettings settings, ServerClock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** Counts an attempt, or refuses it with 429 and the time to wait; answers its id. */
    String begin(String orgId, String handle, String address) {
        String attemptId = Ids.next("try");
        Instant now = clock.now();
        store.add(orgId, attemptId, handle, now);
        store.add(AttemptStore.ANYWHERE, attemptId, address, now);
        demand(orgId, attemptId, handle, settings.failuresPerHandle(), now);
        demand(AttemptStore.ANYWHERE, attemptId, address, settings.failuresPerAddress(), now);
        return attemptId;
    }

    private void demand(String orgId, String attemptId, String subject, int allowed, Instant now) {
        Duration window = settings.failureWindow();
        Optional<Instant> last = store.lastAllowed(orgId, subject, now.minus(window), allowed);
        if (last.isPresent()) {
            store.remove(orgId, attemptId);
            store.remove(AttemptStore.ANYWHERE, attemptId);
            throw refusal(Duration.between(now, last.get().plus(window)));
        }
    }

    private static ProblemException refusal(Duration wait) {
        return Problem.of(429, "too-many-attempts", "there were too many failed attempts to sign in")
                .remedy("wait, and try again; who has forgotten the password asks an administrator for a reset link")
                .retryAfter(wait.isNegative() ? Duration.ZERO : wait)
                .raise();
    }

    /** The attempt was a success: nothing is held against this handle any more. */
    void succeeded(String orgId, String handle, String attemptId) {
        store.forgive(orgId, handle);
        store.remove(AttemptStore.ANYWHERE, attemptId);
    }
}
