package io.countersign.bench;

import io.countersign.bench.StatementLog.Logged;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** How many checks and asks the server answers over HTTP with a real token; the load runs on the same cores. */
final class GateFigures {

    private static final int CONNECTIONS = 16;
    private static final int BATCH = 50;
    private static final Duration WARM_UP = Duration.ofSeconds(8);
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final int SECONDS = 8;

    private GateFigures() {}

    static void measure(ServerProcess server, Town town) throws IOException {
        measure(server, town, "gate.check.open", "/api/v1/checks", "staging", "nothing gated");
        measure(server, town, "gate.check.gated", "/api/v1/checks", "production", "5 of 20 bindings match");
        measure(server, town, "gate.ask.open", "/api/v1/asks", "staging", "nothing gated, read in the transaction");
        String checker = Town.token(town.client(), town.requesters().getFirst(), "check");
        String question = """
                {"subject":{"type":"user","id":"asker0"},"action":{"name":"release.deploy"},"resource":{"type":"environment",\
                "id":"payments/production","properties":{"from":"v1","to":"v2"}},"context":{"reason":"bench"}}""";
        measure(
                server,
                "authzen.evaluation",
                LoadClient.prepared(server.port(), "/access/v1/evaluation", checker, question),
                "a token that may check; 5 of 20 bindings match",
                1);
        String batch = "{\"evaluations\":[" + String.join(",", Collections.nCopies(BATCH, question)) + "]}";
        measure(
                server,
                "authzen.evaluations",
                LoadClient.prepared(server.port(), "/access/v1/evaluations", checker, batch),
                "batches of 50",
                BATCH);
        askOverAuthzen(server, town);
    }

    /** A token that may ask: judged in a transaction that keeps the ask, and compared with the database alone. */
    private static void askOverAuthzen(ServerProcess server, Town town) throws IOException {
        String mark = "bench-of-one-evaluation";
        String question = """
                {"subject":{"type":"user","id":"asker0"},"action":{"name":"release.deploy"},"resource":{"type":"environment",\
                "id":"payments/staging","properties":{"from":"v1","to":"%s"}},"context":{"reason":"bench"}}""".formatted(mark);
        String asker = Town.token(town.client(), town.requesters().getFirst(), "ask");
        byte[] prepared = LoadClient.prepared(server.port(), "/access/v1/evaluation", asker, question);
        run(server.port(), prepared, WARM_UP);
        long[] nanos = run(server.port(), prepared, Duration.ofSeconds(SECONDS));
        TownDatabase database = TownDatabase.of(server.home());
        List<List<Logged>> log = StatementLog.during(database, () -> run(server.port(), prepared, A_MOMENT));
        List<List<String>> script = CycleScript.of(log, Long.MAX_VALUE, List.of(mark));
        double floor = FloorFigures.measure(
                "authzen.ask.floor", database, CONNECTIONS, script.subList(0, 1), "recorded_ask, organization_epoch");
        Figure.of("authzen.ask")
                .with("conditions", "a token that may ask; nothing gated, read in the transaction")
                .with("connections", CONNECTIONS)
                .with("shareOfFloor", Math.round(100 * (nanos.length / (double) SECONDS) / floor) / 100.0)
                .times(nanos, SECONDS)
                .print();
    }

    private static void measure(
            ServerProcess server, Town town, String name, String path, String environment, String conditions) {
        String body = """
                {"action":"release.deploy","resource":{"type":"environment","id":"payments/%s","from":"v1","to":"v2"},\
                "reason":"bench","payloadDigest":"sha256:%s"}""".formatted(environment, "0".repeat(64));
        measure(server, name, LoadClient.prepared(server.port(), path, town.token(), body), conditions, 1);
    }

    private static void measure(ServerProcess server, String name, byte[] prepared, String conditions, int decisions) {
        run(server.port(), prepared, WARM_UP);
        long[] nanos = run(server.port(), prepared, Duration.ofSeconds(SECONDS));
        Figure figure = Figure.of(name).with("conditions", conditions).with("connections", CONNECTIONS);
        if (decisions > 1) {
            figure.with("decisionsPerSecond", (long) nanos.length * decisions / SECONDS);
        }
        figure.times(nanos, SECONDS).print();
    }

    private static long[] run(int port, byte[] prepared, Duration time) {
        return new LoadClient(port, prepared).run(CONNECTIONS, time);
    }
}
