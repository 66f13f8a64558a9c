package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the server and its database at every named moment between lock and answer. Whoever tries again is told what was done,
 * and nothing is lost or done twice.
 */
@Tag("campaign")
class CrashTest {

    private static final List<String> MOMENTS = List.of(".locked", ".written", ".committed");

    private static DurablePostgres database;
    private static ServerProcess survivor;
    private static Scene scene;
    private static int turn;

    @BeforeAll
    static void start() {
        database = ProvingGround.database();
        survivor = ProvingGround.server();
        scene = Scene.on(survivor).developer("ann", "sre").developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
    }

    /** One of the four decisions: what was done before it, the call itself, and what must be true once it was answered. */
    private enum Decision {
        ASK(201, "request-opened") {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.post("/api/v1/asks", scene.secret("ann"), attempt.deploy());
            }
        },
        VOTE(200, "vote-cast") {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.call(
                        "POST",
                        "/api/v1/requests/" + attempt.number() + "/votes",
                        scene.secret("bob"),
                        Map.of("vote", "approve", "payloadDigest", attempt.digest()),
                        "Idempotency-Key",
                        attempt.key());
            }
        },
        REDEEM(200, "grant-redeemed") {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.post(
                        "/api/v1/redemptions",
                        scene.secret("ann"),
                        Map.of(
                                "action",
                                attempt.deploy().get("action"),
                                "resource",
                                attempt.deploy().get("resource"),
                                "payloadDigest",
                                attempt.digest(),
                                "executionId",
                                attempt.key()));
            }
        },
        OUTCOME(204, "request-executed") {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.post(
                        "/api/v1/executions/" + attempt.key() + "/outcome",
                        scene.secret("ann"),
                        Map.of("result", "succeeded"));
            }
        };

        private final int status;
        private final String entry;

        Decision(int status, String entry) {
            this.status = status;
            this.entry = entry;
        }

        abstract Answer call(ServerCalls server, Try attempt);

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Everything up to this decision, done in peace. */
        Try prepare() {
            turn++;
            Map<String, Object> deploy = Scene.deploy("crash " + turn);
            Try attempt = new Try(deploy, "", "", UUID.randomUUID().toString());
            for (Decision before :
                    List.of(values()).subList(0, List.of(values()).indexOf(this))) {
                Answer answer = Scene.expect(before.status, before.call(survivor, attempt));
                attempt = attempt.with(answer);
            }
            return attempt;
        }

        /** What a second try is answered; only the first of two equal asks is told that it opened something. */
        void demandDone(Answer again, boolean wasDone) {
            if (this == ASK) {
                assertThat(again.status()).as(again.text()).isEqualTo(wasDone ? 200 : 201);
            } else if (this == OUTCOME && wasDone) {
                assertThat(again.code()).as(again.text()).isEqualTo("already-reported");
            } else {
                assertThat(again.status()).as(again.text()).isEqualTo(status);
            }
        }
    }

    /** One run through the four decisions. */
    private record Try(Map<String, Object> deploy, String number, String digest, String key) {

        Try with(Answer answer) {
            String opened = answer.body().path("request").path("number").asString("");
            return number.isEmpty()
                    ? new Try(
                            deploy, opened, answer.body().path("payloadDigest").asString(), key)
                    : this;
        }
    }

    @Test
    void losesAndDoublesNothingWhenTheServerDies() {
        int rounds = Campaign.of(1, 10);
        int kills = 0;
        for (int round = 0; round < rounds; round++) {
            for (Decision decision :
                    Campaign.runs() ? List.of(Decision.values()) : List.of(Decision.VOTE, Decision.REDEEM)) {
                for (String moment : Campaign.runs() ? MOMENTS : List.of(".committed")) {
                    dieAt(decision, moment);
                    kills++;
                }
            }
        }
        Campaign.tell("killed servers", kills + " kills between lock and answer, 0 lost, 0 done twice");
    }

    private static void dieAt(Decision decision, String moment) {
        try (ServerProcess victim = ServerProcess.on(database)) {
            Try attempt = decision.prepare();
            victim.url();
            victim.stopAt(decision.word() + moment);
            CompletableFuture<Answer> call = async(() -> decision.call(victim, attempt));
            victim.awaitStop();
            victim.kill();
            assertThat(call.handle((_, failure) -> failure != null).join())
                    .as("nobody was told anything")
                    .isTrue();
            demandOnce(decision, attempt, moment.equals(".committed"));
        }
    }

    @Test
    void losesAndDoublesNothingWhenTheDatabaseDies() {
        int rounds = Campaign.of(1, 10);
        int kills = 0;
        for (int round = 0; round < rounds; round++) {
            for (Decision decision : Decision.values()) {
                for (String moment : Campaign.runs() ? MOMENTS : List.of(".written", ".committed")) {
                    databaseDiesAt(decision, moment);
                    kills++;
                }
            }
        }
        Campaign.tell("killed databases", kills + " kills between lock and answer, 0 lost, 0 done twice");
    }

    private static void databaseDiesAt(Decision decision, String moment) {
        Try attempt = decision.prepare();
        survivor.stopAt(decision.word() + moment);
        CompletableFuture<Answer> call = async(() -> decision.call(survivor, attempt));
        survivor.awaitStop();
        database.kill();
        database.revive();
        survivor.goOn();
        boolean committed = moment.equals(".committed");
        Answer first = call.join();
        if (committed && decision != Decision.VOTE) {
            assertThat(first.status()).as(first.text()).isIn(decision.status, 503);
        } else if (!committed) {
            assertThat(first.status()).as(first.text()).isEqualTo(503);
            assertThat(first.code()).isEqualTo("database-away");
        }
        demandOnce(decision, attempt, committed);
    }

    /** Trying again on the survivor is answered as the first try would have been, and once is how often it was done. */
    private static void demandOnce(Decision decision, Try attempt, boolean wasDone) {
        Answer again = ProvingGround.patiently(() -> decision.call(survivor, attempt));
        decision.demandDone(again, wasDone);
        Try known = attempt.with(again);
        assertThat(entries("request-opened", known.number())).isOne();
        List<Decision> all = List.of(Decision.values());
        for (Decision done : all.subList(0, all.indexOf(decision) + 1)) {
            assertThat(entries(done.entry, known.number()))
                    .as(done + " of " + known.number())
                    .isOne();
        }
    }

    private static CompletableFuture<Answer> async(Supplier<Answer> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    private static long entries(String type, String number) {
        return database.owner()
                .sql("SELECT count(*) FROM audit_event WHERE request_number = :number AND type = :type"
                        + " AND org_id = (SELECT org_id FROM organization WHERE handle = :org)")
                .param("org", scene.handle())
                .param("number", number)
                .param("type", type)
                .query(Long.class)
                .single();
    }
}
