package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** While the database is away nobody is let through, everybody is told so soon, and the server recovers by itself. */
@Tag("campaign")
class DatabaseAwayTest {

    private static final int CALLS = 1_000;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration KNOWN_FOR = Duration.ofSeconds(1);

    private static DurablePostgres database;
    private static ServerProcess server;
    private static Scene scene;

    @BeforeAll
    static void start() {
        database = ProvingGround.database();
        server = ProvingGround.server();
        scene = Scene.on(server).developer("ann", "sre").developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
    }

    /** What would be permitted if the database were there: a grant, and what nobody gates. */
    private List<Callable<Answer>> permissible(int calls) {
        // A busy machine may still be at what the test before has done to it.
        Scene.expect(200, ProvingGround.patiently(() -> scene.ask("ann", Scene.deploy("payments/staging", "awake"))));
        Map<String, Object> granted = Scene.deploy("granted before " + System.nanoTime());
        String number = scene.held("ann", granted);
        String digest = scene.digest(number);
        Scene.expect(200, scene.approve("bob", number));
        Map<String, Object> free = Scene.deploy("payments/staging", "free");
        String freeDigest = Scene.expect(200, scene.ask("ann", free))
                .body()
                .path("payloadDigest")
                .asString();
        List<Callable<Answer>> acts = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int turn = i;
            acts.add(() -> switch (turn % 4) {
                case 0 -> scene.ask("ann", granted);
                case 1 -> scene.ask("ann", free);
                case 2 -> scene.redeem("ann", granted, digest, Scene.executionId());
                default -> scene.redeem("ann", free, freeDigest, Scene.executionId());
            });
        }
        return acts;
    }

    /** Of a thousand connections opened at once the machine may refuse some; whoever is not answered is not let through. */
    private static Callable<Optional<Answer>> perhaps(Callable<Answer> call) {
        return () -> {
            try {
                return Optional.of(call.call());
            } catch (UncheckedIOException unanswered) {
                return Optional.empty();
            }
        };
    }

    private static List<Answer> answered(List<Optional<Answer>> answers) {
        return answers.stream().flatMap(Optional::stream).toList();
    }

    private static void demandNoPermit(List<Answer> answers) {
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.code()).isIn("database-away", "not-fresh");
            assertThat(answer.body().path("requestId").asString("")).isNotEmpty();
        });
    }

    private void demandRecovery() {
        Answer again = ProvingGround.patiently(() -> scene.ask("ann", Scene.deploy("payments/staging", "free")));
        assertThat(again.body().path("decision").asString()).as(again.text()).isEqualTo("permit");
        Answer check = ProvingGround.patiently(
                () -> server.post("/api/v1/checks", scene.secret("ann"), Scene.deploy("payments/staging", "free")));
        assertThat(check.body().path("decision").asString()).as(check.text()).isEqualTo("permit");
        ProvingGround.await(() -> server.get("/health/ready", null).status() == 200);
    }

    @Test
    void permitsNothingWhileTheDatabaseIsStoppedAndRecoversByItself() {
        List<Callable<Answer>> acts = permissible(CALLS);
        long executions = executions();
        database.stop();
        long stopped = System.nanoTime();
        try {
            List<Answer> answers = answered(
                    AtOnce.all(acts.stream().map(DatabaseAwayTest::perhaps).toList()));
            Duration took = Duration.ofNanos(System.nanoTime() - stopped);
            demandNoPermit(answers);
            assertThat(answers).hasSizeGreaterThan(CALLS / 2);
            assertThat(took).isLessThan(SOON);
            List<Callable<Answer>> checks = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                checks.add(() ->
                        server.post("/api/v1/checks", scene.secret("ann"), Scene.deploy("payments/staging", "free")));
            }
            List<Answer> checked = answered(AtOnce.some(
                    64, checks.stream().map(DatabaseAwayTest::perhaps).toList()));
            demandNoPermit(checked);
            assertThat(checked).hasSizeGreaterThan(CALLS / 2);
            assertThat(server.get("/health/ready", null).status()).isEqualTo(503);
            assertThat(server.get("/health/live", null).status()).isEqualTo(200);
            Campaign.tell(
                    "stopped database",
                    CALLS + " asks and redemptions at once answered within " + took.toMillis() + " ms, " + CALLS
                            + " checks after it, 0 permits");
        } finally {
            database.startAgain();
            demandRecovery();
        }
        assertThat(executions()).isEqualTo(executions);
    }

    @Test
    void permitsNoCheckFromASecondAfterTheStop() {
        Callable<Answer> check =
                () -> server.post("/api/v1/checks", scene.secret("ann"), Scene.deploy("payments/staging", "free"));
        AtOnce.all(List.of(check));
        database.kill();
        long gone = System.nanoTime();
        try {
            int later = 0;
            while (later < 3) {
                long asked = System.nanoTime();
                Answer answer = AtOnce.all(List.of(check)).getFirst();
                if (asked - gone > KNOWN_FOR.toNanos()) {
                    demandNoPermit(List.of(answer));
                    later++;
                }
            }
        } finally {
            database.revive();
            demandRecovery();
        }
    }

    @Test
    void permitsNothingWhileTheDatabaseHangsAndAnswersAllTheSame() {
        List<Callable<Answer>> acts = permissible(100);
        database.hang();
        long hung = System.nanoTime();
        try {
            List<Answer> answers = AtOnce.all(acts);
            demandNoPermit(answers);
            assertThat(Duration.ofNanos(System.nanoTime() - hung)).isLessThan(SOON);
            demandNoPermit(List.of(
                    server.post("/api/v1/checks", scene.secret("ann"), Scene.deploy("payments/staging", "free"))));
        } finally {
            database.resume();
            demandRecovery();
        }
    }

    private static long executions() {
        return database.owner()
                .sql(
                        "SELECT (SELECT count(*) FROM execution) + (SELECT count(*) FROM request WHERE execution_id IS NOT NULL)")
                .query(Long.class)
                .single();
    }
}
