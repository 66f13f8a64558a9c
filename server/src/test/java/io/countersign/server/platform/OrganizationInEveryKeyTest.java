package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every key of every table begins with the organization, so that no row of one can be taken for another's. */
class OrganizationInEveryKeyTest {

    /** Unique indexes that do not begin with it, and why. */
    private static final Map<String, String> WITHOUT = Map.of(
            "installation_pkey", "there is one row: it tells of the database, not of an organization",
            "organization_handle_key", "organizations are told apart by their handles",
            "flyway_schema_history_pk", "it tells which migrations were made, for all of them at once");

    private static TestDatabase database;

    @BeforeAll
    static void migrate() {
        database = TestDatabase.fresh();
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void everyKeyBeginsWithTheOrganization() {
        assertThat(withoutOrganization(database)).containsExactlyInAnyOrderElementsOf(WITHOUT.keySet());
    }

    @Test
    void everyTableHasAKey() {
        assertThat(names(database, """
                SELECT c.relname FROM pg_class c
                 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                   AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)
                """)).isEmpty();
    }

    @Test
    void everyReferenceStaysInTheOrganization() {
        assertThat(names(database, """
                SELECT f.conname FROM pg_constraint f
                 WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace
                   AND NOT EXISTS (
                     SELECT 1 FROM pg_attribute own, pg_attribute theirs
                      WHERE own.attrelid = f.conrelid AND own.attnum = f.conkey[1] AND own.attname = 'org_id'
                        AND theirs.attrelid = f.confrelid AND theirs.attnum = f.confkey[1]
                        AND theirs.attname = 'org_id')
                """)).isEmpty();
    }

    @Test
    void aTableWithoutItWouldBeFound() {
        try (TestDatabase own = TestDatabase.fresh()) {
            own.owner()
                    .sql("CREATE TABLE stray (stray_id text PRIMARY KEY, org_id text NOT NULL)")
                    .update();
            assertThat(withoutOrganization(own)).contains("stray_pkey");
        }
    }

    private static List<String> withoutOrganization(TestDatabase in) {
        return names(in, """
                SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                 WHERE c.relnamespace = 'public'::regnamespace AND (i.indisprimary OR i.indisunique)
                   AND NOT EXISTS (
                     SELECT 1 FROM pg_attribute a
                      WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0] AND a.attname = 'org_id' AND a.attnotnull)
                """);
    }

    private static List<String> names(TestDatabase in, String sql) {
        return in.owner()
                .sql(sql)
                .query((row, _) -> Objects.requireNonNull(row.getString(1)))
                .list();
    }
}
