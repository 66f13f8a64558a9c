package io.countersign.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;

/** How many checks and asks the server answers over HTTP with a real token; the load runs on the same cores. */
final class GateFigures {

    private static final int CONNECTIONS = 16;
    private static final int WARM_UP_SECONDS = 8;
    private static final int SECONDS = 8;

    private GateFigures() {}

    static void measure(ServerProcess server, Town town) throws InterruptedException {
        measure(server, town, "gate.check.open", "/api/v1/checks", "staging", "nothing gated");
        measure(server, town, "gate.check.gated", "/api/v1/checks", "production", "5 of 20 bindings match");
        measure(server, town, "gate.ask.open", "/api/v1/asks", "staging", "nothing gated, read in the transaction");
    }

    private static void measure(
            ServerProcess server, Town town, String name, String path, String environment, String conditions)
            throws InterruptedException {
        String body = """
                {"action":"release.deploy","resource":{"type":"environment","id":"payments/%s","from":"v1","to":"v2"},\
                "reason":"bench","payloadDigest":"sha256:%s"}""".formatted(environment, "0".repeat(64));
        byte[] prepared = LoadClient.prepared(server.port(), path, town.token(), body);
        run(server.port(), prepared, WARM_UP_SECONDS);
        long[] nanos = run(server.port(), prepared, SECONDS);
        Figure.of(name)
                .with("conditions", conditions)
                .with("connections", CONNECTIONS)
                .times(nanos, SECONDS)
                .print();
    }

    private static long[] run(int port, byte[] prepared, int seconds) throws InterruptedException {
        ConcurrentLinkedQueue<long[]> all = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            threads.add(Thread.ofPlatform().start(() -> all.add(calls(port, prepared, end))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return all.stream().flatMapToLong(LongStream::of).toArray();
    }

    private static long[] calls(int port, byte[] prepared, long end) {
        LongStream.Builder nanos = LongStream.builder();
        try (LoadClient client = new LoadClient(port)) {
            while (System.nanoTime() < end) {
                long begun = System.nanoTime();
                int status = client.call(prepared);
                if (status != 200) {
                    throw new IllegalStateException("the server answered " + status);
                }
                nanos.add(System.nanoTime() - begun);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return nanos.build().toArray();
    }
}
