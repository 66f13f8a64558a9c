package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.notify.Receiver;
import io.countersign.server.platform.DurablePostgres;
import io.countersign.server.platform.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a server that has told somebody of an emergency and has not written that down. */
@Tag("campaign")
class EmergencyNewsCrashTest {

    private static final String OPENED = "io.countersign.breakglass.opened";

    @TempDir
    private Path folder;

    @Test
    void whatWasSentAndNotWrittenDownComesAgainUnderItsIdAndIsRecordedOnce() throws IOException {
        String key = "--countersign.secrets.key-file=" + Files.writeString(folder.resolve("key"), "0f".repeat(32));
        String[] settings = {
            key, "--countersign.webhooks.allowed-networks=127.0.0.0/8", "--countersign.webhooks.plain-http=true"
        };
        try (DurablePostgres database = DurablePostgres.start();
                Receiver receiver = new Receiver()) {
            try (ServerProcess victim = ServerProcess.on(database, settings)) {
                Scene scene = Scene.on(victim).developer("ann", "sre");
                Glass glass = new Glass(scene).allow("ann");
                scene.create(
                        "/api/v1/notification-destinations",
                        Map.of("means", "webhook", "name", "SIEM", "address", receiver.url("/siem")));
                ProvingGround.await(() -> delivered(database) == 1);
                victim.stopAt("notification.locked");
                glass.open("ann");
                victim.awaitStop();
                assertThat(receiver.types("/siem")).contains(OPENED);
                victim.kill();
            }
            try (ServerProcess survivor = ServerProcess.on(database, settings)) {
                assertThat(survivor.get("/health/ready", null).status()).isEqualTo(200);
                assertThat(delivered(database)).isEqualTo(1);
                // In place of the ninety seconds that a lease lasts.
                database.owner()
                        .sql("UPDATE notification_delivery SET leased_until = now() WHERE state = 'pending'")
                        .update();
                ProvingGround.await(() -> delivered(database) == 2);
            }
            List<String> ids = receiver.calls("/siem").stream()
                    .filter(call -> call.json().path("type").asString().equals(OPENED))
                    .map(call -> call.header("webhook-id"))
                    .toList();
            assertThat(ids).hasSize(2);
            assertThat(ids.getFirst()).isEqualTo(ids.getLast());
        }
    }

    private static long delivered(DurablePostgres database) {
        return database.owner()
                .sql("SELECT count(*) FROM audit_event WHERE type = 'notification-delivered'")
                .query(Long.class)
                .single();
    }
}
