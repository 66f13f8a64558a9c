package io.countersign.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much the database alone carries when it is sent the very statements that the server sends. */
final class FloorFigures {

    private static final int SECONDS = 15;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");

    private FloorFigures() {}

    /**
     * Prints how often a second pgbench, or a JDBC program where it is not installed, runs a script; and answers it.
     *
     * @param tables what the script reads and writes most
     */
    static double measure(String name, TownDatabase database, int clients, List<List<String>> script, String tables)
            throws IOException {
        database.execute("VACUUM (ANALYZE) " + tables);
        Optional<Double> measured = byPgbench(database, clients, script);
        double rate = measured.isPresent() ? measured.get() : byJdbc(database, clients, script);
        Figure.of(name)
                .with("conditions", "the same SQL statements without the server")
                .with("program", measured.isPresent() ? "pgbench -M prepared" : "JDBC, prepared")
                .with("clients", clients)
                .with("statements", script.stream().mapToInt(List::size).sum())
                .with("transactions", script.size())
                .with("perSecond", Math.round(rate))
                .print();
        return rate;
    }

    private static Optional<Double> byPgbench(TownDatabase database, int clients, List<List<String>> script)
            throws IOException {
        Path file = Files.createTempFile("cycle", ".sql");
        try {
            Files.writeString(file, "\\set n random(1, 999999999999)\n" + text(script));
            ProcessBuilder builder = new ProcessBuilder(
                    "pgbench",
                    "-n",
                    "-M",
                    "prepared",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(database.port()),
                    "-U",
                    database.appUser(),
                    "-c",
                    Integer.toString(clients),
                    "-j",
                    "2",
                    "-T",
                    Integer.toString(SECONDS),
                    "-f",
                    file.toString(),
                    database.name());
            builder.environment().put("PGPASSWORD", database.appPassword());
            builder.redirectErrorStream(true);
            String output = run(builder);
            Matcher tps = TPS.matcher(output);
            if (!tps.find()) {
                throw new IllegalStateException("pgbench: " + output);
            }
            return Optional.of(Double.parseDouble(tps.group(1)));
        } catch (NotInstalled missing) {
            return Optional.empty();
        } finally {
            Files.delete(file);
        }
    }

    /** Thrown when a program is not on this machine. */
    private static final class NotInstalled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotInstalled(IOException cause) {
            super(cause);
        }
    }

    private static String run(ProcessBuilder builder) throws IOException {
        Process process;
        try {
            process = builder.start();
        } catch (IOException missing) {
            throw new NotInstalled(missing);
        }
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String text(List<List<String>> script) {
        StringBuilder text = new StringBuilder();
        script.forEach(
                transaction -> transaction.forEach(sql -> text.append(sql).append(";\n")));
        return text.toString();
    }

    private static double byJdbc(TownDatabase database, int clients, List<List<String>> script) {
        LongAdder cycles = new LongAdder();
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (Connection connection = database.asApp()) {
                    connection.setAutoCommit(false);
                    while (System.nanoTime() < end) {
                        cycle(connection, script);
                        cycles.increment();
                    }
                } catch (SQLException failed) {
                    throw new IllegalStateException(failed);
                }
            }));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return cycles.sum() / (double) SECONDS;
    }

    private static void cycle(Connection connection, List<List<String>> script) throws SQLException {
        long n = ThreadLocalRandom.current().nextLong(1, 999_999_999_999L);
        for (List<String> transaction : script) {
            for (String sql : transaction) {
                if (!sql.equals("BEGIN") && !sql.equals("COMMIT")) {
                    execute(connection, sql, n);
                }
            }
            connection.commit();
        }
    }

    private static void execute(Connection connection, String sql, long n) throws SQLException {
        String[] parts = sql.split(Pattern.quote("(:n)"), -1);
        try (PreparedStatement statement = connection.prepareStatement(String.join("(?::bigint)", parts))) {
            for (int i = 1; i < parts.length; i++) {
                statement.setLong(i, n);
            }
            statement.execute();
        }
    }
}
