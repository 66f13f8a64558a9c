package io.countersign.server.gate;

import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A durable database and a server process on it, shared by the tests that hurt them; each leaves both running. */
final class ProvingGround {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final ProvingGround SHARED = new ProvingGround();

    private final DurablePostgres database = DurablePostgres.start();
    private final ServerProcess server = ServerProcess.on(database);

    private ProvingGround() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.close();
            database.close();
        }));
    }

    static DurablePostgres database() {
        return SHARED.database;
    }

    static ServerProcess server() {
        return SHARED.server;
    }

    /** Calls until the database is back; a client that tries again does no other. */
    static Answer patiently(Supplier<Answer> call) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Answer answer = call.get();
            if (answer.status() != 503 || System.nanoTime() > until) {
                return answer;
            }
            pause(PAUSE);
        }
    }

    static void await(BooleanSupplier done) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited for " + PATIENCE + " in vain");
            }
            pause(PAUSE);
        }
    }

    static void pause(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
