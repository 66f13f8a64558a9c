package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.PayloadDigest;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Likely secrets are covered wherever a payload is shown; who looks at them is written down. */
class CoveredPayloadTest {

    private static final String PAYLOAD = "replicas: 3\npassword: hunter2\n";

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);
    private String number = "";

    @BeforeEach
    void anAskWithAPassword() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("eve", "security");
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        number = scene.held("ann", Scene.deploy(PAYLOAD));
    }

    @Test
    void coversThemForEverybodyAndKeepsTheDigestOfTheTrueBytes() {
        for (String who : List.of("ann", "bob")) {
            Answer shown = server.get(payload(), scene.secret(who));
            assertThat(shown.text()).isEqualTo("replicas: 3\npassword: *******\n");
            assertThat(shown.headers().firstValue("X-Payload-Covered")).hasValue("1");
            assertThat(shown.headers().firstValue("X-Payload-Digest"))
                    .hasValue(PayloadDigest.of(PAYLOAD.getBytes(StandardCharsets.UTF_8))
                            .value());
        }
        assertThat(revealed()).isEmpty();
        assertThat(scene.approve("bob", number).status()).isEqualTo(200);
    }

    @Test
    void revealsThemToASignedInReaderOnRecord() {
        Answer shown = server.post(payload() + "/reveal", scene.secret("bob"), Map.of());
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.text()).isEqualTo(PAYLOAD);
        assertThat(revealed()).hasSize(1).first().asString().contains(number).contains("\"findings\":1");
    }

    @Test
    void revealsThemNeitherToStrangersNorToTokens() {
        assertThat(server.post(payload() + "/reveal", scene.secret("eve"), Map.of())
                        .code())
                .isEqualTo("payload-not-yours");
        Answer token = server.post(
                "/api/v1/tokens", scene.secret("bob"), Map.of("name", "all", "scopes", List.of("read", "vote")));
        String secret = token.body().path("token").asString();
        assertThat(server.get(payload(), secret).status()).isEqualTo(200);
        assertThat(server.post(payload() + "/reveal", secret, Map.of()).code()).isEqualTo("permission-missing");
        assertThat(revealed()).isEmpty();
    }

    private String payload() {
        return "/api/v1/requests/" + number + "/payload";
    }

    private List<String> revealed() {
        return server.database()
                .owner()
                .sql("""
                        SELECT convert_from(e.body, 'UTF8') FROM audit_event e JOIN organization o USING (org_id)
                         WHERE o.handle = :handle AND e.type = 'payload-revealed'
                        """)
                .param("handle", scene.handle())
                .query((row, _) -> row.getString(1))
                .list();
    }
}
