package io.countersign.server.platform;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reports refusals of known callers to whoever keeps account of them, before they are answered. */
@Component
final class RefusalReport {

    private static final int FORBIDDEN = 403;

    private final ObjectProvider<RefusedCalls> accounts;

    RefusalReport(ObjectProvider<RefusedCalls> accounts) {
        this.accounts = accounts;
    }

    /** Reports it where it is a refusal that the log does not tell of yet; a caller nobody knows has no log. */
    void report(@Nullable Caller caller, HttpServletRequest request, Exception failure) {
        if (caller == null
                || !(failure instanceof ProblemException ours)
                || ours.problem().status() != FORBIDDEN
                || ours.problem().logged()) {
            return;
        }
        accounts.orderedStream()
                .forEach(account -> account.refused(
                        caller, Origin.of(request), request.getMethod(), request.getRequestURI(), ours.problem()));
    }
}
