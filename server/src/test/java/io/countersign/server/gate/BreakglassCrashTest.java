package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.ServerProcess;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills the server and its database at every named moment of a session's life: opening, use and revocation are there once or
 * not at all, and what was revoked lets nothing pass, whoever died.
 */
@Tag("campaign")
class BreakglassCrashTest {

    private static DurablePostgres database;
    private static ServerProcess survivor;
    private static Scene scene;
    private static int turn;

    @BeforeAll
    static void start() {
        database = ProvingGround.database();
        survivor = ProvingGround.server();
        scene = Scene.on(survivor).developer("bob", "security");
        scene.gate("Production", Map.of("minApprovals", 1), "security");
    }

    /** Who dies at which moment: all of them in a campaign. */
    private record Death(boolean ofDatabase, String moment) {

        static List<Death> all() {
            List<Death> all = new ArrayList<>();
            ProvingGround.moments(".written", ".committed").forEach(moment -> all.add(new Death(false, moment)));
            ProvingGround.moments(".committed").forEach(moment -> all.add(new Death(true, moment)));
            return all;
        }

        void at(String decision, Function<ServerCalls, Answer> call) {
            if (ofDatabase) {
                ProvingGround.databaseDiesAt(decision + moment, call);
            } else {
                ProvingGround.serverDiesAt(decision + moment, call);
            }
        }
    }

    /** Somebody with the permission who has no session yet. */
    private static String newcomer() {
        String who = "ann" + ++turn;
        scene.developer(who, "sre");
        new Glass(scene).allow(who);
        return who;
    }

    @Test
    void anOpeningIsThereOnceOrNotAtAll() {
        for (Death death : Death.all()) {
            String who = newcomer();
            String key = UUID.randomUUID().toString();
            death.at("breakglass-open", server -> open(server, who, key));
            Answer again = ProvingGround.patiently(() -> open(survivor, who, key));
            assertThat(again.status()).as(again.text()).isEqualTo(201);
            assertThat(entries("breakglass-opened", again.body().path("id").asString()))
                    .isOne();
        }
    }

    @Test
    void aUseIsThereOnceOrNotAtAll() {
        for (Death death : Death.all()) {
            String who = newcomer();
            String session = Scene.expect(
                            201, open(survivor, who, UUID.randomUUID().toString()))
                    .body()
                    .path("name")
                    .asString();
            Map<String, Object> deploy = Glass.naming(session, Scene.deploy("crash of " + who));
            death.at("ask", server -> server.post("/api/v1/asks", scene.secret(who), deploy));
            Answer again = ProvingGround.patiently(() -> survivor.post("/api/v1/asks", scene.secret(who), deploy));
            assertThat(again.body().path("basis").asString()).as(again.text()).isEqualTo("break-glass");
            assertThat(entries(
                            "request-bypassed",
                            again.body().path("request").path("id").asString()))
                    .isOne();
            assertThat(new Glass(scene).show(session).path("actionsTaken").asInt())
                    .isOne();
        }
    }

    @Test
    void aRevocationIsThereOnceAndNothingPassesBehindIt() {
        for (Death death : Death.all()) {
            String who = newcomer();
            Answer opened =
                    Scene.expect(201, open(survivor, who, UUID.randomUUID().toString()));
            String session = opened.body().path("name").asString();
            Map<String, Object> deploy = Glass.naming(session, Scene.deploy("before the crash of " + who));
            Answer asked = Scene.expect(201, survivor.post("/api/v1/asks", scene.secret(who), deploy));
            death.at("breakglass-revoke", server -> revoke(server, who, session));
            Answer again = ProvingGround.patiently(() -> revoke(survivor, who, session));
            assertThat(again.body().path("state").asString()).as(again.text()).isEqualTo("ended");
            assertThat(entries("breakglass-revoked", opened.body().path("id").asString()))
                    .isOne();
            assertThat(scene.state(asked.body().path("request").path("number").asString()))
                    .isEqualTo("revoked");
            assertThat(survivor.post(
                                    "/api/v1/asks",
                                    scene.secret(who),
                                    Glass.naming(session, Scene.deploy("behind it " + who)))
                            .code())
                    .isEqualTo("session-not-active");
        }
    }

    private static Answer open(ServerCalls server, String who, String key) {
        return server.call(
                "POST", "/api/v1/breakglass-sessions", scene.secret(who), Glass.form(), "Idempotency-Key", key);
    }

    private static Answer revoke(ServerCalls server, String who, String session) {
        return server.post(
                "/api/v1/breakglass-sessions/" + session + "/revocation", scene.secret(who), Map.of("note", "over"));
    }

    private static long entries(String type, String about) {
        return database.owner()
                .sql("SELECT count(*) FROM audit_event WHERE request_id = :about AND type = :type")
                .param("about", about)
                .param("type", type)
                .query(Long.class)
                .single();
    }
}
