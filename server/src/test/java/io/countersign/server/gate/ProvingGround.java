package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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

    /** All moments of a decision in a campaign, else these. */
    static List<String> moments(String... quick) {
        return Campaign.runs() ? List.of(".locked", ".written", ".committed") : List.of(quick);
    }

    /** Kills a server of its own at the moment that this call comes to; whoever made the call is told nothing. */
    static void serverDiesAt(String moment, Function<ServerCalls, Answer> call) {
        try (ServerProcess victim = ServerProcess.on(database())) {
            victim.url();
            victim.stopAt(moment);
            CompletableFuture<Answer> answer = async(() -> call.apply(victim));
            victim.awaitStop();
            victim.kill();
            assertThat(answer.handle((_, failure) -> failure != null).join())
                    .as("nobody was told anything")
                    .isTrue();
        }
    }

    /** Kills the database at the moment that this call comes to, starts it again, and lets the call go on to its answer. */
    static Answer databaseDiesAt(String moment, Function<ServerCalls, Answer> call) {
        server().stopAt(moment);
        CompletableFuture<Answer> answer = async(() -> call.apply(server()));
        server().awaitStop();
        database().kill();
        database().revive();
        server().goOn();
        Answer told = answer.join();
        if (!moment.endsWith(".committed")) {
            assertThat(told.status()).as(told.text()).isEqualTo(503);
            assertThat(told.code()).isEqualTo("database-away");
        }
        return told;
    }

    private static CompletableFuture<Answer> async(Supplier<Answer> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
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
