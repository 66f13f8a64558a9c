package io.countersign.server.platform;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Holds a call against what it left in the tables: whatever has changed there, the log has grown by it. It needs no list of
 * what is to be told, and so it sees what such a list would forget.
 */
final class LogWitness {

    private static final String LOG = "audit_event";

    /** Tables whose rows change without an entry, each with the reason. */
    private static final Map<String, String> UNTOLD = Map.of(
            "idempotency_key", "answers kept to be repeated",
            "recorded_ask", "what was asked, for replays; the entries of requests and executions tell what came of it",
            "preference", "what a person likes the console to look like; nothing rests on it",
            "notification", "messages, made from entries of the log",
            "notification_delivery", "the same on their way; entries tell what was delivered and what failed");

    private final TestDatabase database;
    private Fingerprint before;

    LogWitness(TestServer server) {
        database = server.database();
        before = Fingerprint.of(database);
    }

    /** The texts in the log that hold fields of their own: JSON within a text, or {@code field: before -> after}. */
    List<String> blobs() {
        return database.sql().sql("""
                        SELECT DISTINCT e.type || ': ' || (value #>> '{}')
                          FROM audit_event e,
                               jsonb_path_query(convert_from(e.body, 'UTF8')::jsonb, 'strict $.entry.**') AS value
                         WHERE jsonb_typeof(value) = 'string' AND value #>> '{}' ~ '^[{\\[]|^\\w+: .* -> '
                        """).query((row, _) -> row.getString(1)).list();
    }

    /** The tables that the last call has changed without a word in the log, and nothing if there are none. */
    List<String> untoldAfter(String call) {
        Fingerprint after = Fingerprint.of(database);
        List<String> changed = before.tables().keySet().stream()
                .filter(table -> !Objects.equals(
                        before.tables().get(table), after.tables().get(table)))
                .toList();
        before = after;
        if (changed.contains(LOG)) {
            return List.of();
        }
        return changed.stream()
                .filter(table -> !UNTOLD.containsKey(table))
                .map(table -> call + ": " + table)
                .toList();
    }
}
