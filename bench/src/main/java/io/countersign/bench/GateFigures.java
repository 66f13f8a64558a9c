package io.countersign.bench;

import io.countersign.bench.StatementLog.Logged;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How many checks and asks the server answers over HTTP with a real token; the load runs on the same cores. */
final class GateFigures {

    private static final int CONNECTIONS = 16;
    private static final int BATCH = 50;
    private static final Duration FIRST_WARM_UP = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final int SECONDS = 8;

    private GateFigures() {}

    static void measure(ServerProcess server, Town town) throws IOException {
        double floor = httpFloor(town);
        Optional<Double> opa = OpaFigures.measure();
        // What is measured first is not to pay for what all others find compiled.
        run(server.port(), call(server.port(), "/api/v1/checks", town, "staging"), FIRST_WARM_UP);
        for (String name : List.of("open", "gated")) {
            boolean gated = name.equals("gated");
            byte[] check = call(server.port(), "/api/v1/checks", town, gated ? "production" : "staging");
            long[] nanos = load(server.port(), check);
            Figure figure = figure("gate.check." + name, gated ? "5 of 20 bindings match" : "nothing gated")
                    .with("shareOfFloor", share(nanos, floor));
            opa.ifPresent(rate -> figure.with("timesOpa", share(nanos, rate)));
            figure.times(nanos, SECONDS).print();
        }
        figure("gate.ask.open", "nothing gated, read in the transaction")
                .times(load(server.port(), call(server.port(), "/api/v1/asks", town, "staging")), SECONDS)
                .print();
        overAuthzen(server, town, floor);
        askOverAuthzen(server, town);
    }

    /** What the same calls reach where nothing is decided: the share of it says more than calls a second of some machine. */
    private static double httpFloor(Town town) throws IOException {
        try (PlainServer plain = PlainServer.start()) {
            long[] nanos = load(plain.port(), call(plain.port(), "/", town, "staging"));
            figure("http.floor", "the same Tomcat, reading the body and answering the same bytes every time")
                    .times(nanos, SECONDS)
                    .print();
            return nanos.length / (double) SECONDS;
        }
    }

    private static void overAuthzen(ServerProcess server, Town town, double floor) {
        String checker = Town.token(town.client(), town.requesters().getFirst(), "check");
        String question = """
                {"subject":{"type":"user","id":"asker0"},"action":{"name":"release.deploy"},"resource":{"type":"environment",\
                "id":"payments/production","properties":{"from":"v1","to":"v2"}},"context":{"reason":"bench"}}""";
        long[] single =
                load(server.port(), LoadClient.prepared(server.port(), "/access/v1/evaluation", checker, question));
        figure("authzen.evaluation", "a token that may check; 5 of 20 bindings match")
                .with("shareOfFloor", share(single, floor))
                .times(single, SECONDS)
                .print();
        String batch = "{\"evaluations\":[" + String.join(",", Collections.nCopies(BATCH, question)) + "]}";
        long[] batches =
                load(server.port(), LoadClient.prepared(server.port(), "/access/v1/evaluations", checker, batch));
        figure("authzen.evaluations", "batches of 50")
                .with("decisionsPerSecond", (long) batches.length * BATCH / SECONDS)
                .times(batches, SECONDS)
                .print();
    }

    /** A token that may ask: judged in a transaction that keeps the ask, and compared with the database alone. */
    private static void askOverAuthzen(ServerProcess server, Town town) throws IOException {
        String mark = "bench-of-one-evaluation";
        String question = """
                {"subject":{"type":"user","id":"asker0"},"action":{"name":"release.deploy"},"resource":{"type":"environment",\
                "id":"payments/staging","properties":{"from":"v1","to":"%s"}},"context":{"reason":"bench"}}""".formatted(mark);
        String asker = Town.token(town.client(), town.requesters().getFirst(), "ask");
        byte[] prepared = LoadClient.prepared(server.port(), "/access/v1/evaluation", asker, question);
        long[] nanos = load(server.port(), prepared);
        TownDatabase database = TownDatabase.of(server.home());
        List<List<Logged>> log = StatementLog.during(database, () -> run(server.port(), prepared, A_MOMENT));
        List<List<String>> script = CycleScript.of(log, Long.MAX_VALUE, List.of(mark));
        double floor = FloorFigures.measure(
                "authzen.ask.floor", database, CONNECTIONS, script.subList(0, 1), "recorded_ask, organization_epoch");
        figure("authzen.ask", "a token that may ask; nothing gated, read in the transaction")
                .with("shareOfFloor", share(nanos, floor))
                .times(nanos, SECONDS)
                .print();
    }

    private static byte[] call(int port, String path, Town town, String environment) {
        String body = """
                {"action":"release.deploy","resource":{"type":"environment","id":"payments/%s","from":"v1","to":"v2"},\
                "reason":"bench","payloadDigest":"sha256:%s"}""".formatted(environment, "0".repeat(64));
        return LoadClient.prepared(port, path, town.token(), body);
    }

    private static Figure figure(String name, String conditions) {
        return Figure.of(name).with("conditions", conditions).with("connections", CONNECTIONS);
    }

    private static double share(long[] nanos, double floor) {
        return Math.round(100 * (nanos.length / (double) SECONDS) / floor) / 100.0;
    }

    private static long[] load(int port, byte[] prepared) {
        run(port, prepared, WARM_UP);
        return run(port, prepared, Duration.ofSeconds(SECONDS));
    }

    private static long[] run(int port, byte[] prepared, Duration time) {
        return new LoadClient(port, prepared).run(CONNECTIONS, time);
    }
}
