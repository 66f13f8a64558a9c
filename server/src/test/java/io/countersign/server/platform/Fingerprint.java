package io.countersign.server.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many rows every table of a database has, and a hash of what stands in them, without what moves by itself. Two are
 * equal when nothing was changed in between.
 */
public record Fingerprint(Map<String, String> tables) {

    private static final String ALL = "*";

    /** Columns that move by themselves, by table, or all of them; beside each why it is no change. */
    private static final Map<String, List<String>> MOVING = Map.of(
            "sign_in_session", List.of("last_seen_at"), // when somebody was last here
            "api_token", List.of("last_used_at"), // the same of a token
            "installation", List.of("clock_high_water"), // the heartbeat of the clock
            "audit_pending", List.of(ALL), // entries on the way to their place; audit_event has them
            "audit_leaf", List.of(ALL), // their places
            "audit_head", List.of(ALL), // the next place
            "audit_follower", List.of(ALL), // how far readers of the log have come
            "request", List.of("outlook_epoch", "rules_epoch", "review_at"), // by which rules it was last looked at
            "notification_delivery", List.of("state", "attempts", "leased_until", "next_at", "last_error", "ended_at"));
    // what is tried again until it arrives

    private record Column(String table, String name) {}

    /** Of the whole database. */
    public static Fingerprint of(TestDatabase database) {
        return of(database, null);
    }

    /** Of what one organization has in the tables. */
    public static Fingerprint of(TestDatabase database, @Nullable String organizationId) {
        JdbcClient sql = database.owner();
        SortedMap<String, List<String>> columns = columns(sql);
        MOVING.forEach((table, moving) -> {
            if (!columns.containsKey(table)
                    || !(moving.contains(ALL) || columns.get(table).containsAll(moving))) {
                throw new IllegalStateException("there is no " + table + " with " + moving + " any more");
            }
        });
        String all = columns.entrySet().stream()
                .filter(table -> organizationId == null || table.getValue().contains("org_id"))
                .filter(table -> !moving(table.getKey()).contains(ALL))
                .map(table -> print(table.getKey(), table.getValue(), organizationId))
                .collect(Collectors.joining(" UNION ALL "));
        SortedMap<String, String> prints = new TreeMap<>();
        sql.sql(all).query(row -> {
            prints.put(row.getString(1), row.getString(2));
        });
        return new Fingerprint(prints);
    }

    private static List<String> moving(String table) {
        return MOVING.getOrDefault(table, List.of());
    }

    /** The same once nothing has moved for a while: what a change has set going is over. */
    public static Fingerprint settled(TestDatabase database) {
        return settled(database, null);
    }

    /** The same of what one organization has. */
    public static Fingerprint settled(TestDatabase database, @Nullable String organizationId) {
        Fingerprint before = of(database, organizationId);
        int still = 0;
        for (int i = 0; i < 120 && still < 4; i++) {
            pause();
            Fingerprint now = of(database, organizationId);
            still = now.equals(before) ? still + 1 : 0;
            before = now;
        }
        return before;
    }

    /** Tables in which the other one differs. */
    public List<String> differences(Fingerprint other) {
        return tables.keySet().stream()
                .filter(table ->
                        !Objects.equals(tables.get(table), other.tables().get(table)))
                .map(table -> table + ": " + tables.get(table) + ", then "
                        + other.tables().get(table))
                .toList();
    }

    private static SortedMap<String, List<String>> columns(JdbcClient sql) {
        SortedMap<String, List<String>> columns = new TreeMap<>();
        sql.sql("""
                        SELECT c.table_name, c.column_name FROM information_schema.columns c
                          JOIN information_schema.tables t USING (table_schema, table_name)
                         WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
                        """).query((row, _) -> new Column(row.getString(1), row.getString(2))).stream()
                .sorted(Comparator.comparing(Column::table).thenComparing(Column::name))
                .forEach(column -> columns.computeIfAbsent(column.table(), _ -> new ArrayList<>())
                        .add(column.name()));
        return columns;
    }

    /** Refused calls are written down whatever they were, by design: they are no change of what the call was about. */
    private static String print(String table, List<String> columns, @Nullable String organizationId) {
        String kept = columns.stream()
                .filter(column -> !moving(table).contains(column))
                .map(column -> '"' + column + '"')
                .collect(Collectors.joining(","));
        String where = (table.equals("audit_event") ? "type <> 'call-refused'" : "true")
                + (organizationId == null ? "" : " AND org_id = '" + organizationId + "'");
        return "SELECT '" + table + "', count(*) || ' rows of ' || coalesce(sum(hashtextextended(ROW(" + kept
                + ")::text, 0)::numeric), 0) FROM \"" + table + "\" WHERE " + where;
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
