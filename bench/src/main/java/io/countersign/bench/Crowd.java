package io.countersign.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** People and requests by the thousand, written into the tables as copies of such as the server made itself. */
final class Crowd {

    private static final String ORIGINALS = "resource_name LIKE 'payments/crowd%' AND id NOT LIKE 'req_crowd%'";

    private final TownDatabase database;

    Crowd(TownDatabase database) {
        this.database = database;
    }

    void addPeople(int count) {
        String people = copies(
                "person",
                Map.of(
                        "person_id", "'per_crowd' || lpad(n::text, 21, '0')",
                        "handle", "'crowd-' || n",
                        "name", "'Crowd ' || n"),
                "generate_series(1, " + count + ") AS n, person AS r WHERE r.handle = 'asker0'");
        database.execute(
                people,
                """
                INSERT INTO team_member (org_id, team_id, person_id, granted_by, granted_at)
                SELECT t.org_id, t.team_id, p.person_id, p.created_by, p.created_at
                  FROM person p
                  JOIN team t ON t.org_id = p.org_id
                   AND t.handle = 'crowd' || (substr(p.handle, 7)::int % 20)
                 WHERE p.handle ~ '^crowd-[0-9]+$'
                """,
                """
                INSERT INTO role_holder (org_id, role_id, holder_id, granted_by, granted_at)
                SELECT org_id, 'developer', person_id, created_by, created_at
                  FROM person WHERE handle ~ '^crowd-[0-9]+$'
                """,
                "UPDATE organization_epoch SET epoch = epoch + 1, directory_epoch = epoch + 1",
                // What was pending was judged by the rules of before; so are its copies, unless they say otherwise.
                "UPDATE policy_epoch SET epoch = (SELECT max(epoch) FROM organization_epoch)",
                "UPDATE request SET rules_epoch = (SELECT max(epoch) FROM policy_epoch) WHERE state = 'pending'");
    }

    /** Adds copies of what is pending, and ended copies of the same, until there are so many. */
    void fillTo(int requests, int pending) {
        long there = count("true");
        long pendingThere = count("state = 'pending'");
        add(Math.max(0, pending - pendingThere), Map.of("opened_at", "r.opened_at"));
        add(
                Math.max(0, requests - there - Math.max(0, pending - pendingThere)),
                Map.of("state", "'denied'", "open", "false", "ended_at", "r.opened_at", "ended_by", "r.subject_id"));
        database.execute(
                """
                INSERT INTO request_approver (org_id, approver, number, request_id, deadline)
                SELECT r.org_id, a.approver, r.number, r.id, r.deadline
                  FROM request r
                  JOIN (SELECT org_id, id, resource_key FROM request WHERE %s) AS o
                    ON o.org_id = r.org_id AND o.resource_key = r.resource_key
                  JOIN request_approver a ON a.org_id = o.org_id AND a.request_id = o.id
                 WHERE r.state = 'pending' AND r.id LIKE 'req_crowd%%'
                ON CONFLICT DO NOTHING
                """.formatted(ORIGINALS),
                "VACUUM (ANALYZE) request, request_approver, vote, person, team_member, role_holder");
    }

    private void add(long count, Map<String, String> different) {
        if (count == 0) {
            return;
        }
        Map<String, String> overrides = new LinkedHashMap<>(different);
        overrides.put("id", "'req_crowd' || lpad((top.number + n)::text, 21, '0')");
        overrides.put("number", "top.number + n");
        overrides.put("open_key", "'crowd' || (top.number + n)");
        overrides.put("digest", "'sha256:' || lpad((top.number + n)::text, 64, '0')");
        String from = """
                generate_series(1, %d) AS n
                  CROSS JOIN (SELECT max(number) AS number FROM request) AS top
                  JOIN (SELECT *, row_number() OVER (ORDER BY number) AS turn FROM request WHERE %s) AS r
                    ON r.turn = 1 + n %% 20""".formatted(count, ORIGINALS);
        database.execute(
                copies("request", overrides, from),
                "UPDATE request_number SET last = (SELECT max(number) FROM request)");
    }

    private String copies(String table, Map<String, String> different, String from) {
        StringBuilder columns = new StringBuilder();
        StringBuilder values = new StringBuilder();
        try (Connection owner = database.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT column_name FROM information_schema.columns WHERE table_name = '" + table + "'")) {
            while (row.next()) {
                String column = row.getString(1);
                String separator = columns.isEmpty() ? "" : ", ";
                columns.append(separator).append(column);
                values.append(separator).append(different.getOrDefault(column, "r." + column));
            }
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
        return "INSERT INTO " + table + " (" + columns + ") SELECT " + values + " FROM " + from;
    }

    private long count(String which) {
        try (Connection owner = database.asOwner();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM request WHERE " + which)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
