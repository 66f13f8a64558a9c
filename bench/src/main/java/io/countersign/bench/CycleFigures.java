package io.countersign.bench;

import io.countersign.bench.StatementLog.Logged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How many full cycles the server carries: ask, two approvals, redemption, outcome, every audit row written. */
final class CycleFigures {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int WORKERS = 8;
    private static final int MOST_ROUNDS = 10;
    private static final double STEADY = 1.03;
    private static final int SECONDS = 15;

    private CycleFigures() {}

    /** What a cycle drew: the number of its request, the payload's digest and the id of the execution. */
    record Trace(long number, String digest, String executionId) {}

    static void measure(ServerProcess server, Town town) throws InterruptedException, IOException {
        AtomicInteger next = new AtomicInteger();
        warmUp(server, town, next);
        long begun = System.nanoTime();
        long[] nanos = run(server, town, next, SECONDS);
        double seconds = (System.nanoTime() - begun) / 1e9;
        TownDatabase database = TownDatabase.of(server.home());
        double floor = FloorFigures.measure(
                "cycle.floor",
                database,
                WORKERS,
                script(database, () -> one(server, town, next.getAndIncrement())),
                "request, vote, audit_event");
        Figure.of("cycle")
                .with("conditions", "ask, two approvals, redeem, outcome; 5 requirements each")
                .with("workers", WORKERS)
                .with("shareOfFloor", Math.round(100 * (nanos.length / seconds) / floor) / 100.0)
                .times(nanos, seconds)
                .print();
    }

    /** Runs until a round does hardly more than the best before it: what is compiled by then stays. */
    private static void warmUp(ServerProcess server, Town town, AtomicInteger next) throws InterruptedException {
        double best = 1;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            int done = run(server, town, next, SECONDS).length;
            if (done < best * STEADY && round > 2) {
                return;
            }
            best = Math.max(best, done);
        }
    }

    /** One cycle's own statements. */
    private static List<List<String>> script(TownDatabase database, Supplier<Trace> cycle) {
        Trace[] trace = new Trace[1];
        List<List<Logged>> log = StatementLog.during(database, () -> trace[0] = cycle.get());
        return CycleScript.of(log, trace[0].number(), List.of(trace[0].digest().substring(7), trace[0].executionId()));
    }

    private static long[] run(ServerProcess server, Town town, AtomicInteger next, int seconds)
            throws InterruptedException {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try (CallLine line = new CallLine(server.port())) {
                    while (System.nanoTime() < end) {
                        long started = System.nanoTime();
                        cycle(line, server.port(), town, next.getAndIncrement());
                        nanos.add(System.nanoTime() - started);
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return nanos.stream().mapToLong(Long::longValue).toArray();
    }

    private static Trace one(ServerProcess server, Town town, int number) {
        try (CallLine line = new CallLine(server.port())) {
            return cycle(line, server.port(), town, number);
        }
    }

    private static Trace cycle(CallLine line, int port, Town town, int number) {
        String asker = town.requesters().get(number % town.requesters().size());
        String act = """
                "action":"release.deploy","resource":{"type":"environment","id":"payments/production","from":"v1","to":"v%d"}""".formatted(number);
        JsonNode held = JSON.readTree(call(line, port, "/api/v1/asks", asker, """
                {%s,"reason":"bench","payload":{"text":"change %d"}}""".formatted(act, number)));
        String handle = held.path("request").path("number").asString();
        String digest = held.path("payloadDigest").asString();
        String vote = """
                {"vote":"approve","payloadDigest":"%s"}""".formatted(digest);
        call(line, port, "/api/v1/requests/" + handle + "/votes", town.first(), vote);
        call(line, port, "/api/v1/requests/" + handle + "/votes", town.second(), vote);
        String execution = UUID.randomUUID().toString();
        call(line, port, "/api/v1/redemptions", asker, """
                {%s,"payloadDigest":"%s","executionId":"%s"}""".formatted(act, digest, execution));
        call(line, port, "/api/v1/executions/" + execution + "/outcome", asker, """
                {"result":"succeeded"}""");
        return new Trace(Long.parseLong(handle.substring("AR-".length())), digest, execution);
    }

    private static String call(CallLine line, int port, String path, String secret, String body) {
        return line.call(LoadClient.preparedOnce(port, path, secret, body));
    }
}
