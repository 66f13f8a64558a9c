package io.countersign.server.directory;

import io.countersign.core.action.ResourceLevel;
import io.countersign.server.platform.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/**
 * Keeps the names that places have given up. Enforcement points ask by name, and rules are bound to what has it: whoever
 * could move a gated place aside and give its name to a new one would be asked for no approval. So a name stays with its
 * place for as long after it as changes of one's own are remembered; in an organization's set-up it is free at once.
 */
@Repository
class FormerNameStore {

    /**
     * A name and the place that has it.
     *
     * @param parentId the project of an environment, within which its name is looked for; empty for the others
     */
    record PlaceName(ResourceLevel level, String parentId, String name, String placeId) {

        private String levelWord() {
            return level.name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient sql;

    FormerNameStore(JdbcClient sql) {
        this.sql = sql;
    }

    /** Remembers that the place has this name no more, and for how long nobody else may have it. */
    void giveUp(String orgId, PlaceName name, Instant now) {
        about(orgId, name, now, """
                        INSERT INTO former_name (org_id, level, parent_id, name, place_id, reserved_until)
                        SELECT org_id, :level, :parent, lower(:name), :place,
                               :now + make_interval(secs => own_change_window_s)
                          FROM organization
                         WHERE org_id = :org AND :now >= least(
                                 set_up_ended_at, created_at + make_interval(secs => :setUp))
                        """).param("setUp", SetUp.LIMIT.toSeconds()).update();
    }

    /** Refuses a name that another place has given up too lately, with 409 {@code name-reserved}. */
    void demandFree(String orgId, PlaceName name, Instant now) {
        about(orgId, name, now, """
                        SELECT max(reserved_until) FROM former_name
                         WHERE org_id = :org AND level = :level AND parent_id = :parent AND name = lower(:name)
                           AND place_id <> :place AND reserved_until > :now
                        """).query(OffsetDateTime.class).optional().ifPresent(until -> {
            throw Problem.of(
                            409,
                            "name-reserved",
                            "`" + name.name() + "` was the name of another " + name.levelWord() + " a short while ago")
                    .remedy("choose another name, or wait until " + until.toInstant()
                            + ": until then nothing new is reached by it")
                    .raise();
        });
    }

    private StatementSpec about(String orgId, PlaceName name, Instant now, String statement) {
        return sql.sql(statement)
                .param("org", orgId)
                .param("level", name.levelWord())
                .param("parent", name.parentId())
                .param("name", name.name())
                .param("place", name.placeId())
                .param("now", now.atOffset(ZoneOffset.UTC));
    }
}
