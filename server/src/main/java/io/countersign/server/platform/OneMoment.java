package io.countersign.server.platform;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads several things as they were at one moment, whatever others commit meanwhile; inside it nothing is written. */
public final class OneMoment {

    private OneMoment() {}

    /** Transactions that read so; inside another transaction it is that one's picture. */
    public static TransactionTemplate reading(PlatformTransactionManager transactions) {
        TransactionTemplate reading = new TransactionTemplate(transactions);
        reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        reading.setReadOnly(true);
        return reading;
    }
}
