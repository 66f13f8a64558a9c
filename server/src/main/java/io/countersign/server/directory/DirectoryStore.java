package io.countersign.server.directory;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Risk;
import io.countersign.core.action.Tier;
import io.countersign.core.policy.VoteReason;
import io.countersign.server.directory.DirectoryFacts.AccountFact;
import io.countersign.server.directory.DirectoryFacts.EnvironmentFact;
import io.countersign.server.directory.DirectoryFacts.Given;
import io.countersign.server.directory.DirectoryFacts.Named;
import io.countersign.server.directory.DirectoryFacts.PermissionGrant;
import io.countersign.server.directory.DirectoryFacts.PersonFact;
import io.countersign.server.directory.DirectoryFacts.SettingsChange;
import io.countersign.server.directory.DirectoryFacts.TeamFact;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads a whole organization, as fast as ten thousand people allow. */
@Repository
class DirectoryStore {

    private final JdbcClient sql;

    DirectoryStore(JdbcClient sql) {
        this.sql = sql;
    }

    List<String> organizationIds() {
        return sql.sql("SELECT org_id FROM organization ORDER BY created_at, org_id")
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** Every row an image is made of; one transaction reads them all. */
    DirectoryFacts facts(String orgId) {
        return new DirectoryFacts(
                orgId,
                settings(orgId),
                settingsChanges(orgId),
                setUp(orgId),
                people(orgId),
                accounts(orgId),
                teams(orgId),
                given(orgId, "SELECT team_id, person_id, granted_by, granted_at FROM team_member WHERE org_id = ?"),
                roles(orgId),
                given(orgId, "SELECT role_id, holder_id, granted_by, granted_at FROM role_holder WHERE org_id = ?"),
                permissionGrants(orgId),
                named(orgId, "SELECT project_id, name, deleted_at IS NOT NULL FROM project WHERE org_id = ?"),
                named(orgId, "SELECT cluster_id, name, deleted_at IS NOT NULL FROM cluster WHERE org_id = ?"),
                environments(orgId),
                actions(orgId));
    }

    Settings settings(String orgId) {
        return sql.sql("""
                        SELECT handle, name, zone, stale_after_s, denial_memory_s, own_change_window_s,
                            vote_reason_required, asks_per_minute, payload_limit_bytes, outcome_after_s, breakglass_min_s,
                            breakglass_max_s, breakglass_closure_after_s, breakglass_review_after_s,
                            breakglass_blocks_next
                        FROM organization WHERE org_id = ?
                        """).param(orgId).query(DirectoryStore::settings).single();
    }

    private static Settings settings(ResultSet row, int number) throws SQLException {
        return new Settings(
                row.getString(1),
                row.getString(2),
                ZoneId.of(row.getString(3)),
                Duration.ofSeconds(row.getLong(4)),
                Duration.ofSeconds(row.getLong(5)),
                Duration.ofSeconds(row.getLong(6)),
                VoteReason.valueOf(constant(row.getString(7))),
                row.getInt(8),
                row.getLong(9),
                Duration.ofSeconds(row.getLong(10)),
                new BreakglassRules(
                        Duration.ofSeconds(row.getLong(11)),
                        Duration.ofSeconds(row.getLong(12)),
                        Duration.ofSeconds(row.getLong(13)),
                        Duration.ofSeconds(row.getLong(14)),
                        BreakglassRules.Blocks.valueOf(constant(row.getString(15)))));
    }

    private List<SettingsChange> settingsChanges(String orgId) {
        return list(
                orgId,
                "SELECT changed_by, at, zone_before, own_change_window_before_s FROM settings_change WHERE org_id = ?",
                (row, _) -> new SettingsChange(
                        row.getString(1),
                        instant(row, 2),
                        ZoneId.of(row.getString(3)),
                        Duration.ofSeconds(row.getLong(4))));
    }

    SetUp setUp(String orgId) {
        return sql.sql("SELECT created_at, set_up_ended_at, set_up_ended_why FROM organization WHERE org_id = ?")
                .param(orgId)
                .query((row, _) -> new SetUp(instant(row, 1), instantOrNull(row, 2), row.getString(3)))
                .single();
    }

    private List<PersonFact> people(String orgId) {
        return list(
                orgId,
                """
                SELECT p.person_id, p.handle, p.name, p.active, p.deleted_at IS NOT NULL, p.activated_by, p.activated_at,
                    CASE WHEN w.confirmed_at IS NULL THEN w.maker_id END, w.link_made_at
                FROM person p LEFT JOIN password w ON w.org_id = p.org_id AND w.person_id = p.person_id
                WHERE p.org_id = ?
                ORDER BY p.person_id
                """,
                (row, _) -> new PersonFact(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getString(6),
                        instant(row, 7),
                        row.getString(8),
                        instantOrNull(row, 9)));
    }

    private List<AccountFact> accounts(String orgId) {
        return list(
                orgId,
                """
                SELECT account_id, handle, name, kind, active, deleted_at IS NOT NULL, owner_id, accountable_id
                FROM account WHERE org_id = ?
                ORDER BY account_id
                """,
                (row, _) -> new AccountFact(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        PrincipalKind.valueOf(constant(row.getString(4))),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getString(7),
                        row.getString(8)));
    }

    private List<TeamFact> teams(String orgId) {
        return list(
                orgId,
                """
                SELECT team_id, handle, name, deleted_at IS NOT NULL, parent_id, parent_set_by, parent_set_at,
                    counts_as_distinct
                FROM team WHERE org_id = ?
                ORDER BY team_id
                """,
                (row, _) -> new TeamFact(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getString(5),
                        row.getString(6),
                        instant(row, 7),
                        row.getBoolean(8)));
    }

    private List<Given> given(String orgId, String query) {
        return list(
                orgId,
                query,
                (row, _) -> new Given(row.getString(1), row.getString(2), row.getString(3), instant(row, 4)));
    }

    private List<Role> roles(String orgId) {
        return list(
                orgId,
                "SELECT role_id, name, description, built_in FROM role WHERE org_id = ? ORDER BY role_id",
                (row, _) -> new Role(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
    }

    private List<PermissionGrant> permissionGrants(String orgId) {
        return list(
                orgId,
                "SELECT grant_id, principal_id, permission, actions, resources FROM permission_grant WHERE org_id = ?",
                (row, _) -> new PermissionGrant(
                        row.getString(1), row.getString(2), row.getString(3), texts(row, 4), texts(row, 5)));
    }

    private List<Named> named(String orgId, String query) {
        return list(orgId, query, (row, _) -> new Named(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    private List<EnvironmentFact> environments(String orgId) {
        return list(
                orgId,
                """
                SELECT environment_id, project_id, name, deleted_at IS NOT NULL, tier, cluster_id, frozen_at IS NOT NULL
                FROM environment WHERE org_id = ?
                ORDER BY environment_id
                """,
                (row, _) -> new EnvironmentFact(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        Tier.valueOf(constant(row.getString(5))),
                        row.getString(6),
                        row.getBoolean(7)));
    }

    private List<ActionType> actions(String orgId) {
        return list(
                orgId,
                """
                SELECT action_id, title, description, risk, level, deploying, emergency
                FROM action_type WHERE org_id = ?
                ORDER BY action_id
                """,
                (row, _) -> ActionType.own(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Risk.valueOf(constant(row.getString(4))),
                        ResourceLevel.valueOf(constant(row.getString(5))),
                        row.getBoolean(6),
                        row.getBoolean(7)));
    }

    /** Ends the set-up unless it has ended; false when it had. */
    boolean endSetUp(String orgId, String why, Instant now, Duration limit) {
        return sql.sql("""
                                UPDATE organization
                                SET set_up_ended_at = :now, set_up_ended_why = :why, version = version + 1
                                WHERE org_id = :org AND set_up_ended_at IS NULL AND created_at > :oldest
                                """)
                        .param("org", orgId)
                        .param("why", why)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("oldest", now.minus(limit).atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    /** Ends set-ups whose time has run out, as of that moment; answers whose. */
    List<String> setUpsRunOut(Instant now, Duration limit, int most) {
        return sql.sql("""
                        UPDATE organization
                        SET set_up_ended_at = created_at + make_interval(secs => :limit), set_up_ended_why = 'time'
                        WHERE org_id IN (SELECT org_id FROM organization
                                          WHERE set_up_ended_at IS NULL AND created_at <= :oldest
                                          LIMIT :most FOR UPDATE SKIP LOCKED)
                        RETURNING org_id
                        """)
                .param("limit", (double) limit.toSeconds())
                .param("oldest", now.minus(limit).atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private <T> List<T> list(String orgId, String query, RowMapper<T> row) {
        return sql.sql(query).param(orgId).query(row).list();
    }

    private static String constant(String word) {
        return word.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant instantOrNull(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Set<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return Set.of((String[]) array.getArray());
    }
}
