package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

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
 * Kills the server and its database at every named moment of what Countersign does itself: the request that holds an act is
 * opened once, and the act is done together with the use of its grant or not at all.
 */
@Tag("campaign")
class OwnActionsCrashTest {

    private static final Map<String, String> REASON = Map.of("reason", "quarter end");

    private static DurablePostgres database;
    private static ServerProcess survivor;
    private static Scene scene;
    private static int turn;

    @BeforeAll
    static void start() {
        database = ProvingGround.database();
        survivor = ProvingGround.server();
        scene = Scene.on(survivor)
                .person("sam", List.of("security_manager"), List.of("security"))
                .developer("ann", "sre");
        scene.create(
                "/api/v1/bindings",
                Map.of(
                        "templateId",
                        scene.template("Two eyes", Map.of("minApprovals", 1), Map.of(), "sre"),
                        "level",
                        "organization",
                        "actions",
                        List.of("environment.freeze")));
    }

    /** One environment that is to be frozen, each try under the same key. */
    private record Freeze(String environment, String key) {

        static Freeze ofNew() {
            String environment = "lab" + ++turn;
            scene.environment(environment, "staging");
            return new Freeze(environment, UUID.randomUUID().toString());
        }

        Answer call(ServerCalls server) {
            return server.call(
                    "POST",
                    "/api/v1/environments/payments~" + environment + "/freeze",
                    scene.secret("sam"),
                    REASON,
                    "Idempotency-Key",
                    key);
        }

        Answer again() {
            return ProvingGround.patiently(() -> call(survivor));
        }

        boolean isDone() {
            return ProvingGround.patiently(
                            () -> survivor.get("/api/v1/environments/payments~" + environment, scene.admin()))
                    .body()
                    .path("frozen")
                    .asBoolean();
        }
    }

    @Test
    void whatHoldsAnActIsOpenedOnceWhenTheServerDies() {
        for (String moment : ProvingGround.moments(".committed")) {
            Freeze freeze = Freeze.ofNew();
            ProvingGround.serverDiesAt("own-ask" + moment, freeze::call);
            demandOpenedOnce(freeze);
        }
    }

    @Test
    void whatHoldsAnActIsOpenedOnceWhenTheDatabaseDies() {
        for (String moment : ProvingGround.moments(".written", ".committed")) {
            Freeze freeze = Freeze.ofNew();
            ProvingGround.databaseDiesAt("own-ask" + moment, freeze::call);
            demandOpenedOnce(freeze);
        }
    }

    private static void demandOpenedOnce(Freeze freeze) {
        String number = number(freeze.again());
        assertThat(number(freeze.again())).isEqualTo(number);
        assertThat(scene.entries(database.owner(), "request-opened", number)).isOne();
        assertThat(opened()).isEqualTo(turn);
        assertThat(freeze.isDone()).isFalse();
    }

    @Test
    void anActIsDoneOnceWithTheUseOfItsGrantWhenTheServerDies() {
        for (String moment : ProvingGround.moments(".committed")) {
            Freeze freeze = Freeze.ofNew();
            String number = approved(freeze);
            ProvingGround.serverDiesAt("own-action" + moment, freeze::call);
            demandDoneOnce(freeze, number, moment);
        }
    }

    @Test
    void anActIsDoneOnceWithTheUseOfItsGrantWhenTheDatabaseDies() {
        for (String moment : ProvingGround.moments(".written", ".committed")) {
            Freeze freeze = Freeze.ofNew();
            String number = approved(freeze);
            ProvingGround.databaseDiesAt("own-action" + moment, freeze::call);
            demandDoneOnce(freeze, number, moment);
        }
    }

    private static String approved(Freeze freeze) {
        String number = number(freeze.call(survivor));
        Scene.expect(200, scene.approve("ann", number));
        return number;
    }

    private static void demandDoneOnce(Freeze freeze, String number, String moment) {
        boolean wasDone = moment.equals(".committed");
        assertThat(scene.entries(database.owner(), "request-executed", number)).isEqualTo(wasDone ? 1 : 0);
        assertThat(freeze.isDone()).isEqualTo(wasDone);
        assertThat(freeze.again().status()).isEqualTo(200);
        assertThat(freeze.isDone()).isTrue();
        assertThat(scene.entries(database.owner(), "grant-redeemed", number)).isOne();
        assertThat(scene.entries(database.owner(), "request-executed", number)).isOne();
        assertThat(opened()).isEqualTo(turn);
    }

    private static String number(Answer held) {
        return Scene.expect(202, held)
                .body()
                .path("requests")
                .path(0)
                .path("request")
                .path("number")
                .asString();
    }

    /** How many requests there are in all; each environment is frozen by one. */
    private static long opened() {
        return database.owner()
                .sql("SELECT count(*) FROM audit_event WHERE type = 'request-opened'"
                        + " AND org_id = (SELECT org_id FROM organization WHERE handle = :org)")
                .param("org", scene.handle())
                .query(Long.class)
                .single();
    }
}
