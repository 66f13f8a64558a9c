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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the server and its database at every named moment between lock and answer. Whoever tries again is told what was done,
 * and nothing is lost or done twice.
 */
@Tag("campaign")
class CrashTest {

    private static DurablePostgres database;
    private static ServerProcess survivor;
    private static Scene scene;
    private static int turn;

    @BeforeAll
    static void start() {
        database = ProvingGround.database();
        survivor = ProvingGround.server();
        scene = Scene.on(survivor)
                .developer("ann", "sre")
                .developer("bob", "security")
                .developer("cid", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
        scene.bind(scene.template("Two", Map.of("minApprovals", 2), Map.of(), "security"), "payments/staging");
    }

    /** One of the decisions: what was done before it, the call itself, and what must be true once it was answered. */
    private enum Decision {
        ASK("ask", 201, "request-opened") {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.post("/api/v1/asks", scene.secret("ann"), attempt.deploy());
            }
        },
        VOTE("vote", 200, "vote-cast", ASK) {
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
        WITHDRAW("vote", 200, "vote-withdrawn", ASK, VOTE) {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return keyed(server, "bob", "/requests/" + attempt.number() + "/withdrawal", attempt);
            }
        },
        CANCEL("vote", 200, "request-cancelled", ASK) {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return keyed(server, "ann", "/requests/" + attempt.number() + "/cancellation", attempt);
            }
        },
        REVOKE("vote", 200, "grant-revoked", ASK, VOTE) {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return keyed(server, "ann", "/grants/" + attempt.grant() + "/revocation", attempt);
            }
        },
        REDEEM("redeem", 200, "grant-redeemed", ASK, VOTE) {
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
        OUTCOME("outcome", 204, "request-executed", ASK, VOTE, REDEEM) {
            @Override
            Answer call(ServerCalls server, Try attempt) {
                return server.post(
                        "/api/v1/executions/" + attempt.key() + "/outcome",
                        scene.secret("ann"),
                        Map.of("result", "succeeded"));
            }
        };

        private final String point;
        private final int status;
        private final String entry;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<Decision> before;

        Decision(String point, int status, String entry, Decision... before) {
            this.point = point;
            this.status = status;
            this.entry = entry;
            this.before = List.of(before);
        }

        abstract Answer call(ServerCalls server, Try attempt);

        private static Answer keyed(ServerCalls server, String who, String path, Try attempt) {
            return server.call(
                    "POST", "/api/v1" + path, scene.secret(who), null, "Idempotency-Key", attempt.key() + "-again");
        }

        /** Everything up to this decision, done in peace; a vote that is withdrawn is one of two that are needed. */
        Try prepare() {
            turn++;
            String environment = this == WITHDRAW ? "payments/staging" : "payments/production";
            Map<String, Object> deploy = Scene.deploy(environment, "crash " + turn);
            Try attempt = new Try(deploy, "", "", "", UUID.randomUUID().toString());
            for (Decision earlier : before) {
                Answer answer = Scene.expect(earlier.status, earlier.call(survivor, attempt));
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

    /** One run through the decisions. */
    private record Try(Map<String, Object> deploy, String number, String digest, String grant, String key) {

        Try with(Answer answer) {
            String opened = answer.body().path("request").path("number").asString("");
            String granted = answer.body().path("grant").path("id").asString("");
            return number.isEmpty()
                    ? new Try(
                            deploy, opened, answer.body().path("payloadDigest").asString(), granted, key)
                    : new Try(deploy, number, digest, granted.isEmpty() ? grant : granted, key);
        }
    }

    /** For these a server dies in the quick version too: each once between its commit and its answer. */
    private static final List<Decision> QUICK =
            List.of(Decision.ASK, Decision.VOTE, Decision.WITHDRAW, Decision.REDEEM, Decision.OUTCOME);

    @Test
    void losesAndDoublesNothingWhenTheServerDies() {
        int rounds = Campaign.of(1, 6);
        int kills = 0;
        for (int round = 0; round < rounds; round++) {
            for (Decision decision : Campaign.runs() ? List.of(Decision.values()) : QUICK) {
                for (String moment : ProvingGround.moments(".committed")) {
                    Try attempt = decision.prepare();
                    ProvingGround.serverDiesAt(decision.point + moment, victim -> decision.call(victim, attempt));
                    demandOnce(decision, attempt, moment.equals(".committed"));
                    kills++;
                }
            }
        }
        Campaign.tell("killed servers", kills + " kills between lock and answer, 0 lost, 0 done twice");
    }

    @Test
    void losesAndDoublesNothingWhenTheDatabaseDies() {
        int rounds = Campaign.of(1, 6);
        int kills = 0;
        for (int round = 0; round < rounds; round++) {
            for (Decision decision : Decision.values()) {
                for (String moment : ProvingGround.moments(".written", ".committed")) {
                    databaseDiesAt(decision, moment);
                    kills++;
                }
            }
        }
        Campaign.tell("killed databases", kills + " kills between lock and answer, 0 lost, 0 done twice");
    }

    private static void databaseDiesAt(Decision decision, String moment) {
        Try attempt = decision.prepare();
        boolean committed = moment.equals(".committed");
        Answer first = ProvingGround.databaseDiesAt(decision.point + moment, server -> decision.call(server, attempt));
        if (committed && !decision.point.equals("vote")) {
            assertThat(first.status()).as(first.text()).isIn(decision.status, 503);
        }
        demandOnce(decision, attempt, committed);
    }

    /** Trying again on the survivor is answered as the first try would have been, and once is how often it was done. */
    private static void demandOnce(Decision decision, Try attempt, boolean wasDone) {
        Answer again = ProvingGround.patiently(() -> decision.call(survivor, attempt));
        decision.demandDone(again, wasDone);
        Try known = attempt.with(again);
        assertThat(scene.entries(database.owner(), "request-opened", known.number()))
                .isOne();
        assertThat(scene.entries(database.owner(), decision.entry, known.number()))
                .as(decision + " of " + known.number())
                .isOne();
        for (Decision done : decision.before) {
            assertThat(scene.entries(database.owner(), done.entry, known.number()))
                    .as(done + " before " + decision + " of " + known.number())
                    .isOne();
        }
    }
}
