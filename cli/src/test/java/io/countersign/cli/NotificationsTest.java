package io.countersign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.cli.Counterpart.Asked;
import io.countersign.cli.Counterpart.Said;
import io.countersign.cli.Keyboard.Typed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotificationsTest {

    @TempDir
    private Path home;

    private final Counterpart server = new Counterpart();
    private Keyboard keyboard = new Keyboard(Path.of("/"));

    @BeforeEach
    void signIn() {
        keyboard = new Keyboard(home).signedIn(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void writesAWebhooksSecretToStandardOutputAlone() {
        List<Asked> asked = new ArrayList<>();
        server.on("POST /notification-destinations", call -> {
            asked.add(call);
            return Said.json(201, """
                    {"id":"ntd_1","means":"webhook","name":"SIEM","state":"active","secret":"whsec_c2VjcmV0"}""");
        });
        Typed typed = keyboard.type("notifications", "add", "SIEM", "https://siem.example.com/in");
        assertThat(typed.exitCode()).isZero();
        assertThat(typed.out()).isEqualTo("whsec_c2VjcmV0\n");
        assertThat(typed.err()).contains("only time the secret is shown").doesNotContain("whsec_");
        assertThat(asked.getFirst().body())
                .contains("\"means\":\"webhook\"", "\"address\":\"https://siem.example.com/in\"");
        keyboard.type("notifications", "add", "SOC", "soc@example.com");
        assertThat(asked.getLast().body()).contains("\"means\":\"email\"");
    }

    @Test
    void endsWithEightWhereNobodyIsTold() {
        server.on("GET /notification-audience", """
                {"mailGiven":false,"reached":false,"lack":"no webhook is active",
                 "securityManagers":[{"handle":"@sam","name":"Sam","reached":false}],
                 "destinations":[{"name":"SOC","means":"email","state":"active"}]}""");
        Typed typed = keyboard.type("notifications", "audience");
        assertThat(typed.exitCode()).isEqualTo(8);
        assertThat(typed.out()).contains("@sam", "not reached by mail", "SOC", "there is no mail server");
        assertThat(typed.err()).contains("Nobody would be told: no webhook is active.");
    }

    @Test
    void saysWhatBecameOfATest() {
        server.on("POST /notification-destinations/ntd_1/tests", """
                {"delivered":false,"result":"status 401"}""");
        Typed typed = keyboard.type("notifications", "test", "ntd_1");
        assertThat(typed.exitCode()).isEqualTo(1);
        assertThat(typed.err()).contains("Did not arrive: status 401.");
        assertThat(keyboard.type("notifications", "test", "ntd_1", "--json").out())
                .contains("\"delivered\" : false");
    }

    @Test
    void listsWhatDidNotArrive() {
        List<Asked> asked = new ArrayList<>();
        server.on("GET /notification-deliveries", call -> {
            asked.add(call);
            return Said.json(200, """
                    {"items":[{"id":"ntf_1","about":"breakglass-opened","leafIndex":7,"recipientId":"ntd_1",
                     "means":"webhook","state":"failed","attempts":10,"lastError":"status 500"}],"limit":50}""");
        });
        Typed typed = keyboard.type("notifications", "deliveries", "--state", "failed");
        assertThat(typed.out()).contains("ntf_1", "breakglass-opened", "failed", "status 500");
        assertThat(asked.getFirst().query()).contains("state=failed");
    }
}
