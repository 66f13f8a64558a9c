package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import io.countersign.server.platform.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

class AuditLogTest {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static TestDatabase database;
    private static LogBook book;

    @BeforeAll
    static void open() {
        database = TestDatabase.simulated(START);
        book = LogBook.on(database);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void commitsWithItsChangeAndRollsBackWithIt() {
        Actor ann = LogBook.person("org_commit", "per_ann");
        Entry entry = LogBook.withdrawn(1, "per_ann");
        book.transactions.executeWithoutResult(transaction -> {
            book.log.append(ann, entry, "req_1");
            transaction.setRollbackOnly();
        });
        assertThat(count("org_commit")).isZero();
        book.append(ann, entry, "req_1");
        assertThat(count("org_commit")).isEqualTo(1);
    }

    @Test
    void refusesToWriteOutsideOfATransaction() {
        Actor ann = LogBook.person("org_outside", "per_ann");
        assertThatThrownBy(() -> book.log.append(ann, LogBook.withdrawn(1, "per_ann"), "req_1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vote-withdrawn");
        assertThat(count("org_outside")).isZero();
    }

    @Test
    void refusesToWriteInATransactionThatOnlyReads() {
        TransactionTemplate reading = database.transactions();
        reading.setReadOnly(true);
        Actor ann = LogBook.person("org_reading", "per_ann");
        assertThatThrownBy(() -> reading.executeWithoutResult(
                        transaction -> book.log.append(ann, LogBook.withdrawn(1, "per_ann"), null)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void storesOneBodyAndWhatItIsFoundBy() {
        Actor ann = LogBook.person("org_body", "per_ann");
        Entry entry = LogBook.withdrawn(7, "per_ann");
        book.append(ann, entry, "req_7");
        Map<String, @Nullable Object> row = database.sql()
                .sql("SELECT * FROM audit_event WHERE org_id = 'org_body'")
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("type", "vote-withdrawn")
                .containsEntry("actor_id", "per_ann")
                .containsEntry("actor_kind", "person")
                .containsEntry("credential_id", "ses_1")
                .containsEntry("channel", "api")
                .containsEntry("call_id", "call-1")
                .containsEntry("request_id", "req_7")
                .containsEntry("request_number", "AR-7")
                .containsEntry("prominent", false);
        byte[] body = (byte[]) Objects.requireNonNull(row.get("body"));
        assertThat(EntryJson.entry(body)).isEqualTo(entry);
        assertThat(EntryJson.canonical(EntryJson.tree(body))).isEqualTo(body);
    }

    @Test
    void takesTheTimeOfTheDatabase() {
        book.append(LogBook.person("org_time", "per_ann"), LogBook.withdrawn(7, "per_ann"), "req_7");
        Instant at = database.sql()
                .sql("SELECT at FROM audit_event WHERE org_id = 'org_time'")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        assertThat(at).isBetween(START, START.plusSeconds(600));
        String body = database.sql()
                .sql("SELECT convert_from(body, 'UTF8') FROM audit_event WHERE org_id = 'org_time'")
                .query((row, number) -> row.getString(1))
                .single();
        String written =
                EntryJson.tree(body.getBytes(StandardCharsets.UTF_8)).get("at").asString();
        assertThat(written).hasSize("2026-03-02T09:00:00.000000Z".length());
        assertThat(Instant.parse(written)).isEqualTo(at);
    }

    @Test
    void keepsWhateverTextItIsGiven() {
        Entry odd = new DirectoryEntry.PersonCreated(
                "per_1", "ann", "quote\" back\\slash \u0000 \u202e \ud83d\ude00 '; --");
        book.append(LogBook.person("org_odd", "per_ann"), odd, null);
        byte[] body = database.sql()
                .sql("SELECT body FROM audit_event WHERE org_id = 'org_odd'")
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(EntryJson.entry(body)).isEqualTo(odd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_event SET type = 'other'",
                "DELETE FROM audit_event",
                "TRUNCATE audit_event CASCADE",
                "UPDATE audit_leaf SET leaf_index = leaf_index + 1",
                "DELETE FROM audit_leaf",
                "TRUNCATE audit_leaf CASCADE"
            })
    void theDatabaseRefusesToChangeTheLog(String change) {
        assertThatThrownBy(() -> database.sql().sql(change).update()).hasStackTraceContaining("permission denied");
        assertThatThrownBy(() -> database.owner().sql(change).update()).hasStackTraceContaining("append-only");
    }

    private static long count(String organizationId) {
        return database.sql()
                .sql(
                        "SELECT count(*) FROM audit_event e JOIN audit_pending p USING (org_id, event_id) WHERE org_id = ?")
                .param(organizationId)
                .query((row, number) -> row.getLong(1))
                .single();
    }
}
