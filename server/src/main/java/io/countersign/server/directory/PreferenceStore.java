package io.countersign.server.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people prefer in the console. */
@Repository
class PreferenceStore {

    /** The preferences of one principal; the zone is the browser's when there is none. */
    record Preference(
            String theme,
            boolean singleKeys,
            String startPage,
            @Nullable String zone) {}

    private final JdbcClient sql;

    PreferenceStore(JdbcClient sql) {
        this.sql = sql;
    }

    Optional<Preference> find(String orgId, String principalId) {
        return sql.sql("""
                        SELECT theme, single_keys, start_page, zone FROM preference
                        WHERE org_id = :org AND principal_id = :principal
                        """)
                .param("org", orgId)
                .param("principal", principalId)
                .query(Preference.class)
                .optional();
    }

    void save(String orgId, String principalId, Preference preference) {
        sql.sql("""
                        INSERT INTO preference (org_id, principal_id, theme, single_keys, start_page, zone)
                        VALUES (:org, :principal, :theme, :singleKeys, :startPage, :zone)
                        ON CONFLICT (org_id, principal_id) DO UPDATE SET theme = excluded.theme,
                            single_keys = excluded.single_keys, start_page = excluded.start_page, zone = excluded.zone
                        """)
                .param("org", orgId)
                .param("principal", principalId)
                .param("theme", preference.theme())
                .param("singleKeys", preference.singleKeys())
                .param("startPage", preference.startPage())
                .param("zone", preference.zone())
                .update();
    }
}
