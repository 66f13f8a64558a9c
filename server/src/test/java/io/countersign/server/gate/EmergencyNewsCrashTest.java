package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.notify.Receiver;
import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server that has told somebody of an emergency and has not written that down. */
@Tag("campaign")
class EmergencyNewsCrashTest {

    private static final String OPENED = "io.countersign.breakglass.opened";

    @TempDir
    private Path folder;

    @Test
    void whatWasSentAndNotWrittenDownComesAgainUnderItsIdAndIsRecordedOnce() throws IOException {
        for (String moment : Campaign.runs() ? List.of(".locked", ".written") : List.of(".locked")) {
            List<String> ids = idsOfNewsWhenTheServerDiesAt(moment);
            assertThat(ids).as(moment).hasSize(2);
            assertThat(ids.getFirst()).isEqualTo(ids.getLast());
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "campaign", matches = "true")
    void whatWasWrittenDownDoesNotComeAgain() throws IOException {
        assertThat(idsOfNewsWhenTheServerDiesAt(".committed")).hasSize(1);
    }

    /** Under which ids the news of an opening has come until it was recorded, with a server that died on the way. */
    private List<String> idsOfNewsWhenTheServerDiesAt(String moment) throws IOException {
        String key = "--countersign.secrets.key-file=" + Files.writeString(folder.resolve("key"), "0f".repeat(32));
        String[] settings = {
            key, "--countersign.webhooks.allowed-networks=127.0.0.0/8", "--countersign.webhooks.plain-http=true"
        };
        boolean written = moment.equals(".committed");
        try (DurablePostgres database = DurablePostgres.start();
                Receiver receiver = new Receiver()) {
            try (ServerProcess victim = ServerProcess.on(database, settings)) {
                openAndDie(victim, receiver, database, "notification" + moment);
            }
            try (ServerProcess survivor = ServerProcess.on(database, settings)) {
                assertThat(survivor.get("/health/ready", null).status()).isEqualTo(200);
                assertThat(delivered(database)).isEqualTo(written ? 2 : 1);
                // In place of the ninety seconds that a lease lasts.
                database.owner()
                        .sql("UPDATE notification_delivery SET leased_until = now() WHERE state = 'pending'")
                        .update();
                if (written) {
                    ProvingGround.pause(Duration.ofSeconds(3));
                }
                ProvingGround.await(() -> delivered(database) == 2);
            }
            return receiver.calls("/siem").stream()
                    .filter(call -> call.json().path("type").asString().equals(OPENED))
                    .map(call -> call.header("webhook-id"))
                    .toList();
        }
    }

    private static void openAndDie(ServerProcess victim, Receiver receiver, DurablePostgres database, String moment) {
        Scene scene = Scene.on(victim).developer("ann", "sre");
        Glass glass = new Glass(scene).allow("ann");
        scene.create(
                "/api/v1/notification-destinations",
                Map.of("means", "webhook", "name", "SIEM", "address", receiver.url("/siem")));
        ProvingGround.await(() -> delivered(database) == 1);
        victim.stopAt(moment);
        glass.open("ann");
        victim.awaitStop();
        assertThat(receiver.types("/siem")).contains(OPENED);
        victim.kill();
    }

    private static long delivered(DurablePostgres database) {
        return database.owner()
                .sql("SELECT count(*) FROM audit_event WHERE type = 'notification-delivered'")
                .query(Long.class)
                .single();
    }
}
