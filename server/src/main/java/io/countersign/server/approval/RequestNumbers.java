package io.countersign.server.approval;

import org.springframework.stereotype.Component;

/** Draws request numbers: they rise within an organization and may leave gaps. */
@Component
public class RequestNumbers {

    private final RequestNumberStore store;

    RequestNumbers(RequestNumberStore store) {
        this.store = store;
    }

    /**
     * The next number. It is drawn beside the transaction that opens the request, so that asks do not wait for each other,
     * and nobody waits for its commit: the log is written in order, so the later commit of the request makes the number
     * durable too.
     */
    public long next(String orgId) {
        return store.next(orgId);
    }
}
