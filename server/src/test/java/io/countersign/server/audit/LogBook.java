package io.countersign.server.audit;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.Entry;
import io.countersign.server.platform.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One node's audit room put together by hand over a pool of connections, without its threads. */
final class LogBook {

    final AuditSignals signals = new AuditSignals();
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final JdbcTemplate jdbc;
    final TransactionTemplate transactions;
    final AuditLog log;

    LogBook(DataSource dataSource) {
        jdbc = new JdbcTemplate(dataSource);
        transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        log = new AuditLog(new AuditEventStore(jdbc), signals);
    }

    static LogBook on(TestDatabase database) {
        return new LogBook(database.dataSource());
    }

    static Actor person(String organizationId, String personId) {
        return new Actor(organizationId, personId, PrincipalKind.PERSON, "ses_1", "api", "call-1");
    }

    static Entry withdrawn(int number, String personId) {
        return new ApprovalEntry.VoteWithdrawn("AR-" + number, "vot_" + number, personId);
    }

    SequencerJob sequencer(Consumer<String> faultPoint) {
        return new SequencerJob(new SequencerStore(jdbc), transactions, signals, metrics, faultPoint);
    }

    SequencerJob sequencer() {
        return sequencer(point -> {});
    }

    FollowerDrive drive(Follower follower) {
        return new FollowerDrive(follower, new FollowerStore(jdbc), transactions, signals);
    }

    /** One entry in a transaction of its own. */
    void append(Actor actor, Entry entry, @Nullable String requestId) {
        transactions.executeWithoutResult(transaction -> log.append(actor, entry, requestId));
    }

    /** Gives every entry that waits its place. */
    void sequenceAll() {
        SequencerJob sequencer = sequencer();
        while (sequencer.sequence() != Loop.Found.NOTHING) {
            // There may be more.
        }
    }

    List<Long> leaves(String organizationId) {
        return longs("SELECT leaf_index FROM audit_leaf WHERE org_id = ? ORDER BY leaf_index", organizationId);
    }

    /** The numbers of a query's first column. */
    List<Long> longs(String sql, Object... parameters) {
        return jdbc.query(sql, (row, number) -> row.getLong(1), parameters);
    }

    /** The texts of a query's first column. */
    List<String> texts(String sql, Object... parameters) {
        return jdbc.query(sql, (row, number) -> row.getString(1), parameters);
    }

    /** Waits until so many entries of an organization have their place. */
    void awaitLength(String organizationId, long length) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (longs("SELECT next_leaf FROM audit_head WHERE org_id = ?", organizationId).stream()
                .noneMatch(next -> next >= length)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(organizationId + " has not come to " + length + " entries in time");
            }
        }
    }
}
