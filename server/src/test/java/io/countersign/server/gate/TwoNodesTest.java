package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes, each a process of its own, on one database and called at the same moment: all they are asked has one answer. */
@Tag("campaign")
class TwoNodesTest {

    private static final int PAIRS = Campaign.of(500, 10_000);
    private static final int REQUESTERS = 10;
    private static final int WIDTH = 16;

    private static DurablePostgres database;
    private static ServerProcess one;
    private static ServerProcess other;
    private static Scene scene;

    @BeforeAll
    static void start() {
        database = DurablePostgres.start();
        one = ServerProcess.on(database);
        one.url();
        other = ServerProcess.on(database);
        scene = Scene.on(one).developer("bob", "sre").developer("dan", "security");
        for (int i = 0; i < REQUESTERS; i++) {
            scene.developer("ann" + i, "sre");
        }
        scene.gate("Production", Map.of("minApprovals", 1), "sre", "security");
        scene.allowManyAsks();
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        database.close();
    }

    private static Answer vote(ServerProcess node, String who, String number, String vote, String digest, String key) {
        return node.call(
                "POST",
                "/api/v1/requests/" + number + "/votes",
                scene.secret(who),
                Map.of("vote", vote, "payloadDigest", digest, "note", "seen"),
                "Idempotency-Key",
                key);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String ann(int i) {
        return "ann" + i % REQUESTERS;
    }

    private record Pair(String number, Answer approval, Answer denial) {}

    @Test
    void giveEveryPairOfApprovalAndDenialExactlyOneEnd() {
        List<Callable<Pair>> pairs = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            int turn = i;
            pairs.add(() -> pair(turn));
        }
        int approved = 0;
        for (Pair pair : AtOnce.some(WIDTH, pairs)) {
            boolean approval = pair.approval().status() == 200;
            Answer winner = approval ? pair.approval() : pair.denial();
            Answer loser = approval ? pair.denial() : pair.approval();
            assertThat(winner.status()).as(winner.text()).isEqualTo(200);
            assertThat(winner.body().path("state").asString()).isEqualTo(approval ? "approved" : "denied");
            assertThat(loser.status()).as(loser.text()).isEqualTo(409);
            assertThat(loser.code()).isEqualTo("not-pending");
            assertThat(ends(pair.number())).isEqualTo(approval ? "approved|1|1|0|1" : "denied|1|0|1|0");
            approved += approval ? 1 : 0;
        }
        assertThat(approved).isBetween(0, PAIRS);
        Campaign.tell("two nodes", PAIRS + " pairs of approval and denial, " + approved + " approved, 0 with two ends");
    }

    /** The state of a request, how many votes, approvals and denials of it are in the log, and how many grants it has. */
    private static String ends(String number) {
        return database.owner()
                .sql("""
                        SELECT concat_ws('|', r.state,
                               count(*) FILTER (WHERE e.type = 'vote-cast'),
                               count(*) FILTER (WHERE e.type = 'request-approved'),
                               count(*) FILTER (WHERE e.type = 'request-denied'),
                               count(DISTINCT r.grant_id))
                          FROM request r JOIN organization o ON o.org_id = r.org_id AND o.handle = :org
                          JOIN audit_event e ON e.org_id = r.org_id AND e.request_id = r.id
                         WHERE 'AR-' || r.number = :number GROUP BY r.state
                        """)
                .param("number", number)
                .param("org", scene.handle())
                .query(String.class)
                .single();
    }

    private static Pair pair(int turn) {
        Answer held = Scene.expect(201, scene.ask(ann(turn), Scene.deploy("pair " + turn)));
        String number = held.body().path("request").path("number").asString();
        String digest = held.body().path("payloadDigest").asString();
        ServerProcess mine = turn % 2 == 0 ? one : other;
        ServerProcess yours = turn % 2 == 0 ? other : one;
        List<Answer> answers = AtOnce.all(List.of(
                () -> vote(mine, "bob", number, "approve", digest, key()),
                () -> vote(yours, "dan", number, "deny", digest, key())));
        return new Pair(number, answers.getFirst(), answers.getLast());
    }

    @Test
    void letOneOfEightRedemptionsOfAGrantThrough() {
        for (int round = 0; round < 10; round++) {
            Map<String, Object> deploy = Scene.deploy("redeemed " + round);
            String number = scene.held("ann0", deploy);
            String digest = scene.digest(number);
            scene.approve("bob", number);
            List<String> ids = new ArrayList<>();
            List<Callable<Answer>> redemptions = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ServerProcess node = i % 2 == 0 ? one : other;
                String id = Scene.executionId();
                ids.add(id);
                redemptions.add(() -> redeem(node, deploy, digest, id));
            }
            List<Answer> answers = AtOnce.all(redemptions);
            List<Integer> won = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                if (answers.get(i).status() == 200) {
                    won.add(i);
                } else {
                    assertThat(answers.get(i).code()).as(answers.get(i).text()).isEqualTo("already-redeemed");
                }
            }
            assertThat(won).hasSize(1);
            String winner = ids.get(won.getFirst());
            for (ServerProcess node : List.of(one, other)) {
                Answer again = redeem(node, deploy, digest, winner);
                assertThat(again.status()).as(again.text()).isEqualTo(200);
                assertThat(again.body().path("executionId").asString()).isEqualTo(winner);
                assertThat(again.body().path("decision").asString()).isEqualTo("permit");
            }
            assertThat(scene.entries(database.owner(), "grant-redeemed", number))
                    .isOne();
        }
    }

    @Test
    void giveEightTriesOfOneRedemptionOneAnswer() {
        Map<String, Object> deploy = Scene.deploy("tried eight times");
        String number = scene.held("ann1", deploy);
        String digest = scene.digest(number);
        scene.approve("bob", number);
        String id = Scene.executionId();
        List<Callable<Answer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ServerProcess node = i % 2 == 0 ? one : other;
            tries.add(() -> redeem(node, deploy, digest, id, "ann1"));
        }
        assertThat(AtOnce.all(tries))
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        assertThat(scene.entries(database.owner(), "grant-redeemed", number)).isOne();
    }

    @Test
    void openOneRequestForEightEqualAsks() {
        for (int round = 0; round < 10; round++) {
            Map<String, Object> deploy = Scene.deploy("asked at once " + round);
            List<Callable<Answer>> asks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                ServerProcess node = i % 2 == 0 ? one : other;
                asks.add(() -> node.post("/api/v1/asks", scene.secret("ann2"), deploy));
            }
            List<Answer> answers = AtOnce.all(asks);
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.text()).isIn(200, 201));
            assertThat(answers.stream().filter(answer -> answer.status() == 201))
                    .hasSize(1);
            assertThat(answers.stream()
                            .map(answer ->
                                    answer.body().path("request").path("number").asString())
                            .distinct())
                    .hasSize(1);
        }
    }

    @Test
    void castOneVoteForEightTriesUnderOneKey() {
        String number = scene.held("ann3", Scene.deploy("voted under one key"));
        String digest = scene.digest(number);
        String key = key();
        List<Callable<Answer>> tries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            ServerProcess node = i % 2 == 0 ? one : other;
            tries.add(() -> vote(node, "bob", number, "approve", digest, key));
        }
        List<Answer> answers = AtOnce.all(tries);
        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.text()).isEqualTo(200));
        assertThat(answers.stream()
                        .filter(answer -> answer.headers()
                                .firstValue("Idempotency-Replayed")
                                .isEmpty()))
                .hasSize(1);
        assertThat(scene.entries(database.owner(), "vote-cast", number)).isOne();
        assertThat(scene.entries(database.owner(), "request-approved", number)).isOne();
        assertThat(vote(one, "bob", number, "deny", digest, key).code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void forgetARevokedTokenOnBothNodes() {
        Answer made = Scene.expect(
                201,
                one.post(
                        "/api/v1/tokens",
                        scene.secret("ann4"),
                        Map.of("name", "ci", "scopes", List.of("check", "ask"), "expiresIn", "P1D")));
        String token = made.body().path("token").asString();
        assertThat(other.post("/api/v1/checks", token, Scene.deploy("x")).status())
                .isEqualTo(200);
        String id = made.body().path("id").asString();
        Answer revoked =
                one.post("/api/v1/tokens/" + id + "/revocation", scene.secret("ann4"), Map.of("compromised", true));
        assertThat(revoked.status()).as(revoked.text()).isBetween(200, 204);
        assertThat(one.post("/api/v1/checks", token, Scene.deploy("x")).status())
                .isEqualTo(401);
        assertThat(other.post("/api/v1/asks", token, Scene.deploy("never asked"))
                        .status())
                .isEqualTo(401);
    }

    private static Answer redeem(ServerProcess node, Map<String, Object> ask, String digest, String executionId) {
        return redeem(node, ask, digest, executionId, "ann0");
    }

    private static Answer redeem(
            ServerProcess node, Map<String, Object> ask, String digest, String executionId, String who) {
        return node.post(
                "/api/v1/redemptions",
                scene.secret(who),
                Map.of(
                        "action",
                        ask.get("action"),
                        "resource",
                        ask.get("resource"),
                        "payloadDigest",
                        digest,
                        "executionId",
                        executionId));
    }
}
