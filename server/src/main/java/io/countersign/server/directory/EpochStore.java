package io.countersign.server.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The counters that order changes against decisions. */
@Repository
class EpochStore {

    /** The counters of one organization. */
    record Counters(String organizationId, long epoch, long directoryEpoch, long credentialEpoch) {}

    private static final String COUNTERS = """
            SELECT e.org_id, e.epoch, e.directory_epoch, c.epoch
            FROM organization_epoch e JOIN credential_epoch c USING (org_id)
            """;

    private final JdbcClient sql;

    EpochStore(JdbcClient sql) {
        this.sql = sql;
    }

    void create(String orgId) {
        sql.sql("INSERT INTO organization_epoch (org_id) VALUES (:org)")
                .param("org", orgId)
                .update();
        sql.sql("INSERT INTO credential_epoch (org_id) VALUES (:org)")
                .param("org", orgId)
                .update();
    }

    Optional<Long> hold(String orgId) {
        return sql.sql("SELECT epoch FROM organization_epoch WHERE org_id = :org FOR SHARE")
                .param("org", orgId)
                .query(Long.class)
                .optional();
    }

    boolean lock(String orgId) {
        return sql.sql("SELECT epoch FROM organization_epoch WHERE org_id = :org FOR UPDATE")
                .param("org", orgId)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    Optional<Long> change(String orgId, boolean directory) {
        return sql.sql("""
                        UPDATE organization_epoch
                        SET epoch = epoch + 1,
                            directory_epoch = CASE WHEN :directory THEN epoch + 1 ELSE directory_epoch END
                        WHERE org_id = :org
                        RETURNING epoch
                        """)
                .param("org", orgId)
                .param("directory", directory)
                .query(Long.class)
                .optional();
    }

    long forgetCredentials(String orgId) {
        return sql.sql("UPDATE credential_epoch SET epoch = epoch + 1 WHERE org_id = :org RETURNING epoch")
                .param("org", orgId)
                .query(Long.class)
                .single();
    }

    Optional<Counters> counters(String orgId) {
        return sql.sql(COUNTERS + "WHERE e.org_id = :org")
                .param("org", orgId)
                .query(EpochStore::counters)
                .optional();
    }

    List<Counters> all() {
        return sql.sql(COUNTERS).query(EpochStore::counters).list();
    }

    private static Counters counters(ResultSet row, int number) throws SQLException {
        return new Counters(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }
}
