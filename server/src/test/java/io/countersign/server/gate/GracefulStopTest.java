package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is told to stop takes no new call, and ends none that it has begun. */
class GracefulStopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG_ENOUGH_TO_STOP = Duration.ofSeconds(1);

    private TestServer server;
    private Scene scene;

    @BeforeEach
    void people() {
        server = TestServer.start("--countersign.server.stop-within=60s");
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "sre");
        scene.gate("Production", Map.of("minApprovals", 1), Map.of(), "sre");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aVoteInProgressIsAnswered() {
        String number = scene.held("ann", Scene.deploy("votes"));
        String digest = scene.digest(number);
        Answer answer = whileStopping(() -> scene.vote("bob", number, "approve", null, digest));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void aRedemptionInProgressIsAnswered() {
        Map<String, Object> deploy = Scene.deploy("redeems");
        String number = scene.held("ann", deploy);
        Scene.expect(200, scene.approve("bob", number));
        String digest = scene.digest(number);
        Answer answer = whileStopping(() -> scene.redeem("ann", deploy, digest, Scene.executionId()));
        assertThat(answer.body().path("decision").asString()).as(answer.text()).isEqualTo("permit");
    }

    /** Lets the act wait for a request's row, tells the server to stop, and lets the act go on when it has begun to. */
    private Answer whileStopping(Supplier<Answer> act) {
        URI url = URI.create(server.url());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        CompletableFuture<Void> stopping = new CompletableFuture<>();
        server.database().transactions().executeWithoutResult(_ -> {
            server.database()
                    .sql()
                    .sql("SELECT number FROM request FOR UPDATE")
                    .query()
                    .listOfRows();
            answer.completeAsync(act);
            await(server.database()::somebodyWaits);
            stopping.completeAsync(() -> {
                server.stop();
                return null;
            });
            await(() -> !takesCalls(url));
            LockSupport.parkNanos(LONG_ENOUGH_TO_STOP.toNanos());
            assertThat(stopping).as("it stopped under a call").isNotDone();
        });
        stopping.join();
        return answer.join();
    }

    private static boolean takesCalls(URI url) {
        try (Socket _ = new Socket(url.getHost(), url.getPort())) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static void await(BooleanSupplier done) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it does not come").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
