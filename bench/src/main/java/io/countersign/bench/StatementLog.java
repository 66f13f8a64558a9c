package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's own log says was executed: statements with their parameters, in transactions, by connection. */
final class StatementLog {

    /** A statement as it was sent: {@code $1} and so on stand for the parameters, which are SQL literals or NULL. */
    record Logged(String sql, List<String> parameters) {}

    private static final Pattern LINE = Pattern.compile("^(\\d+)\\|(LOG|DETAIL|STATEMENT):  (.*)$");
    private static final Pattern EXECUTED = Pattern.compile("^(?:execute [^:]*|statement): (.*)$", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+ = (NULL|'(?:[^']++|'')*+')", Pattern.DOTALL);

    private StatementLog() {}

    /** Runs the act while everything is logged, and answers its transactions in the order they ended. */
    static List<List<Logged>> during(TownDatabase database, Runnable act) {
        long before = size(database);
        database.execute(
                "ALTER SYSTEM SET log_statement = 'all'",
                "ALTER SYSTEM SET log_line_prefix = '%p|'",
                "SELECT pg_reload_conf()");
        pause();
        act.run();
        pause();
        database.execute(
                "ALTER SYSTEM RESET log_statement", "ALTER SYSTEM RESET log_line_prefix", "SELECT pg_reload_conf()");
        return transactions(events(database, before));
    }

    private record Event(String connection, String kind, String text) {}

    private static List<Event> events(TownDatabase database, long before) {
        List<Event> events = new ArrayList<>();
        for (String line : lines(database, before)) {
            Matcher start = LINE.matcher(line);
            if (start.matches()) {
                events.add(new Event(start.group(1), start.group(2), start.group(3)));
            } else if (!events.isEmpty()) {
                Event open = events.removeLast();
                events.add(new Event(open.connection(), open.kind(), open.text() + "\n" + line));
            }
        }
        return events;
    }

    private static List<List<Logged>> transactions(List<Event> events) {
        List<List<Logged>> done = new ArrayList<>();
        Map<String, List<Logged>> open = new LinkedHashMap<>();
        for (Event event : events) {
            List<Logged> present = open.computeIfAbsent(event.connection(), _ -> new ArrayList<>());
            if (event.kind().equals("DETAIL") && !present.isEmpty()) {
                Logged bare = present.removeLast();
                present.add(new Logged(bare.sql(), parameters(event.text())));
            }
            @Nullable String sql = executed(event);
            if (sql == null) {
                continue;
            }
            if (sql.equals("BEGIN")) {
                flush(present, done);
            } else if (sql.equals("COMMIT") || sql.equals("ROLLBACK")) {
                present.add(new Logged(sql, List.of()));
                flush(present, done);
            } else {
                present.add(new Logged(sql, List.of()));
            }
        }
        open.values().forEach(rest -> flush(rest, done));
        return done;
    }

    private static void flush(List<Logged> present, List<List<Logged>> done) {
        if (!present.isEmpty()) {
            done.add(List.copyOf(present));
            present.clear();
        }
    }

    private static @Nullable String executed(Event event) {
        Matcher executed = EXECUTED.matcher(event.text());
        return event.kind().equals("LOG") && executed.matches()
                ? executed.group(1).strip()
                : null;
    }

    private static List<String> parameters(String detail) {
        List<String> parameters = new ArrayList<>();
        Matcher parameter = PARAMETER.matcher(detail);
        while (parameter.find()) {
            parameters.add(parameter.group(1));
        }
        return parameters;
    }

    private static long size(TownDatabase database) {
        try {
            return Files.size(database.log());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(TownDatabase database, long before) {
        try {
            byte[] all = Files.readAllBytes(database.log());
            return new String(all, (int) before, (int) (all.length - before), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A setting that was loaded again reaches a connection with its next statement, the log file a moment later. */
    private static void pause() {
        try {
            Thread.sleep(700);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
