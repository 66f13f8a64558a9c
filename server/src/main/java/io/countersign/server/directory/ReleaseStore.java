package io.countersign.server.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The releases: there may be very many of them, and none ever changes, so that they are looked up one by one. */
@Repository
class ReleaseStore {

    private final JdbcClient sql;

    ReleaseStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** A release of a live project by id, or by name where the project is given; of that project only. */
    Optional<Release> find(String orgId, @Nullable String projectId, String idOrName) {
        return sql.sql("""
                        SELECT r.release_id AS id, r.project_id, r.name, r.source_reference
                        FROM release r JOIN project p USING (org_id, project_id)
                        WHERE r.org_id = :org AND p.deleted_at IS NULL
                          AND (:project::text IS NULL OR r.project_id = :project)
                          AND (r.release_id = :name OR (r.name = :name AND :project::text IS NOT NULL))
                        ORDER BY r.release_id = :name DESC
                        LIMIT 1
                        """)
                .param("org", orgId)
                .param("project", projectId)
                .param("name", idOrName)
                .query(Release.class)
                .optional();
    }
}
