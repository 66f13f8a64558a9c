package io.countersign.server.approval;

import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Draws request numbers: they rise within an organization and may leave gaps. */
@Component
public class RequestNumbers {

    private final RequestStore requests;
    private final TransactionTemplate transactions;

    RequestNumbers(RequestStore requests, PlatformTransactionManager manager) {
        this.requests = requests;
        this.transactions = new TransactionTemplate(manager);
    }

    /**
     * The next number. It is drawn in a short transaction of its own whose commit nobody waits for: the log is written in
     * order, so the later commit of the request makes the number durable too.
     */
    public long next(String orgId) {
        Long number = transactions.execute(_ -> {
            requests.forgetDurability();
            return requests.nextNumber(orgId);
        });
        return number == null ? 0 : number;
    }
}
