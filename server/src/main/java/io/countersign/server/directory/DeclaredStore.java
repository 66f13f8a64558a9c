package io.countersign.server.directory;

import io.countersign.core.action.Tier;
import io.countersign.core.declaration.Declared;
import io.countersign.server.directory.PresentDirectory.Found;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads an organization as files would declare it, each kind of thing at once. */
@Repository
class DeclaredStore {

    private final JdbcClient sql;

    DeclaredStore(JdbcClient sql) {
        this.sql = sql;
    }

    PresentDirectory read(String orgId) {
        List<Found> found = new ArrayList<>();
        found.addAll(people(orgId));
        found.addAll(teams(orgId));
        found.addAll(roles(orgId));
        found.addAll(accounts(orgId));
        found.addAll(named(orgId, "cluster", Declared.Cluster::new));
        found.addAll(named(orgId, "project", Declared.Project::new));
        found.addAll(environments(orgId));
        return new PresentDirectory(found);
    }

    private List<Found> people(String orgId) {
        return list(
                orgId,
                "SELECT person_id, handle, name, email, active FROM person WHERE org_id = ? AND deleted_at IS NULL",
                (row, _) -> new Found(
                        row.getString(1),
                        new Declared.Person(row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5))));
    }

    private List<Found> teams(String orgId) {
        Map<String, SortedSet<String>> members = grouped(orgId, """
                SELECT m.team_id, p.handle FROM team_member m
                JOIN person p ON p.org_id = m.org_id AND p.person_id = m.person_id
                WHERE m.org_id = ? AND p.deleted_at IS NULL
                """);
        return list(
                orgId,
                """
                SELECT t.team_id, t.handle, t.name, p.handle, t.counts_as_distinct
                FROM team t LEFT JOIN team p ON p.org_id = t.org_id AND p.team_id = t.parent_id
                WHERE t.org_id = ? AND t.deleted_at IS NULL
                """,
                (row, _) -> new Found(
                        row.getString(1),
                        new Declared.Team(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBoolean(5),
                                members.getOrDefault(row.getString(1), new TreeSet<>()))));
    }

    private List<Found> roles(String orgId) {
        Map<String, SortedSet<String>> holders = grouped(orgId, """
                SELECT h.role_id, n.handle FROM role_holder h
                JOIN handle n ON n.org_id = h.org_id AND n.holder_id = h.holder_id
                WHERE h.org_id = ?
                """);
        return list(
                orgId,
                "SELECT role_id, name, description, built_in FROM role WHERE org_id = ?",
                (row, _) -> new Found(
                        row.getString(1),
                        new Declared.Role(
                                row.getString(1),
                                row.getBoolean(4) ? null : row.getString(2),
                                row.getBoolean(4) ? "" : row.getString(3),
                                holders.getOrDefault(row.getString(1), new TreeSet<>()))));
    }

    private List<Found> accounts(String orgId) {
        return list(
                orgId,
                """
                SELECT a.account_id, a.handle, a.name, a.kind, coalesce(o.handle, a.owner_id),
                       coalesce(p.handle, a.accountable_id), a.active
                FROM account a
                LEFT JOIN handle o ON o.org_id = a.org_id AND o.holder_id = a.owner_id
                LEFT JOIN handle p ON p.org_id = a.org_id AND p.holder_id = a.accountable_id
                WHERE a.org_id = ? AND a.deleted_at IS NULL AND a.kind <> 'bootstrap'
                """,
                (row, _) -> new Found(
                        row.getString(1),
                        new Declared.Account(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getBoolean(7))));
    }

    /** A thing that only has a name and a description. */
    private interface Described {
        Declared of(String name, String description);
    }

    private List<Found> named(String orgId, String table, Described described) {
        return list(
                orgId,
                "SELECT " + table + "_id, name, description FROM " + table + " WHERE org_id = ? AND deleted_at IS NULL",
                (row, _) -> new Found(row.getString(1), described.of(row.getString(2), row.getString(3))));
    }

    private List<Found> environments(String orgId) {
        return list(
                orgId,
                """
                SELECT e.environment_id, p.name, e.name, e.tier, c.name
                FROM environment e
                JOIN project p ON p.org_id = e.org_id AND p.project_id = e.project_id AND p.deleted_at IS NULL
                LEFT JOIN cluster c
                  ON c.org_id = e.org_id AND c.cluster_id = e.cluster_id AND c.deleted_at IS NULL
                WHERE e.org_id = ? AND e.deleted_at IS NULL
                """,
                (row, _) -> new Found(
                        row.getString(1),
                        new Declared.Environment(
                                row.getString(2),
                                row.getString(3),
                                Tier.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                                row.getString(5))));
    }

    private Map<String, SortedSet<String>> grouped(String orgId, String query) {
        Map<String, SortedSet<String>> groups = new HashMap<>();
        sql.sql(query).param(orgId).query(row -> {
            groups.computeIfAbsent(row.getString(1), _ -> new TreeSet<>()).add(row.getString(2));
        });
        return groups;
    }

    private <T> List<T> list(String orgId, String query, RowMapper<T> row) {
        return sql.sql(query).param(orgId).query(row).list();
    }
}
