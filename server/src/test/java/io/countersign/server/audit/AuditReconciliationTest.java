package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.platform.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditReconciliationTest {

    private static final String WITHDRAWN = "SELECT org_id, id FROM withdrawn";

    private TestDatabase database;
    private LogBook book;

    @BeforeEach
    void open() {
        database = TestDatabase.fresh();
        book = LogBook.on(database);
        database.owner()
                .sql(
                        "CREATE TABLE withdrawn (org_id text, id text); GRANT SELECT, INSERT ON withdrawn TO countersign_app")
                .update();
        for (int i = 0; i < 5; i++) {
            int number = i;
            book.transactions.executeWithoutResult(transaction -> {
                row("vot_" + number);
                book.log.append(LogBook.person("org_a", "per_1"), LogBook.withdrawn(number, "per_1"), "req_" + number);
            });
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void row(String id) {
        book.jdbc.update("INSERT INTO withdrawn VALUES ('org_a', ?)", id);
    }

    private AuditReconciliation compare() {
        return AuditReconciliation.of(database)
                .each(WITHDRAWN, ApprovalEntry.VoteWithdrawn.class, "voteId")
                .places();
    }

    @Test
    void holdsWhileEntriesWaitAndWhenTheyHaveTheirPlaces() {
        compare().holds();
        book.sequenceAll();
        compare().holds();
    }

    @Test
    void findsAChangeWithoutEntryAnEntryWithoutChangeAndOneToldTwice() {
        row("vot_unsaid");
        book.append(LogBook.person("org_a", "per_1"), LogBook.withdrawn(77, "per_1"), null);
        book.append(LogBook.person("org_a", "per_1"), LogBook.withdrawn(3, "per_1"), null);
        assertThat(compare().differences())
                .containsExactly(
                        "vote-withdrawn `vot_3` of org_a: 1 in the table, 2 in the log",
                        "vote-withdrawn `vot_77` of org_a: 0 in the table, 1 in the log",
                        "vote-withdrawn `vot_unsaid` of org_a: 1 in the table, 0 in the log");
    }

    @Test
    void findsAnEntryThatNeitherWaitsNorHasAPlace() {
        database.owner().sql("DELETE FROM audit_pending WHERE event_id = 2").update();
        book.sequenceAll();
        assertThat(compare().differences()).containsExactly("org_a: the entry 2 waits 0 times and has 0 places");
    }

    @Test
    void findsAGap() {
        book.sequenceAll();
        database.owner()
                .sql("ALTER TABLE audit_leaf DISABLE TRIGGER ALL; DELETE FROM audit_leaf WHERE leaf_index = 1")
                .update();
        assertThat(compare().differences())
                .containsExactly(
                        "org_a: 4 places up to 4, and the next is to be 5",
                        "org_a: the entry 2 waits 0 times and has 0 places");
    }
}
