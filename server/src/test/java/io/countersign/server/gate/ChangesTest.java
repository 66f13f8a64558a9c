package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.action.PayloadDigest;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The change of a request over HTTP, for those who may read its payload. */
class ChangesTest {

    private static final String PAYLOAD = "replicas: 3\npassword: hunter2\n";

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);
    private String number = "";

    @BeforeEach
    void anAsk() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("eve", "security");
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        number = scene.held("ann", Scene.deploy(PAYLOAD));
    }

    @Test
    void isShownToThoseWhoMayReadThePayload() {
        for (String who : new String[] {"ann", "bob"}) {
            Answer shown = server.get(change(number, ""), scene.secret(who));
            assertThat(shown.status()).as(shown.text()).isEqualTo(200);
            assertThat(shown.body().path("digest").asString())
                    .isEqualTo(PayloadDigest.of(PAYLOAD.getBytes(StandardCharsets.UTF_8))
                            .value());
            assertThat(shown.body().at("/content/kind").asString()).isEqualTo("text");
            assertThat(shown.body().at("/content/lines/1/text").asString()).isEqualTo("password: *******");
            assertThat(shown.body().path("covered").asInt()).isEqualTo(1);
            assertThat(shown.body().path("complete").asBoolean()).isTrue();
        }
        assertThat(server.get(change(number, ""), scene.secret("eve")).code()).isEqualTo("payload-not-yours");
        assertThat(server.get(change("AR-999", ""), scene.secret("ann")).code()).isEqualTo("request-not-found");
    }

    @Test
    void isComparedWithAnotherOneThatMayBeReadToo() {
        String next = scene.held("ann", Scene.deploy(PAYLOAD.replace("3", "4")));
        Answer shown = server.get(change(next, "?against=" + number), scene.secret("bob"));
        assertThat(shown.body().at("/content/kind").asString()).isEqualTo("comparison");
        assertThat(shown.body().at("/content/against").asString()).isEqualTo(number);
        assertThat(shown.body().at("/summary/0/from").asString()).isEqualTo("3");
        assertThat(shown.body().at("/summary/0/to").asString()).isEqualTo("4");
        assertThat(server.get(change(next, "?against=AR-999"), scene.secret("bob"))
                        .code())
                .isEqualTo("request-not-found");

        scene.bind(scene.template("Security", Map.of("minApprovals", 1), Map.of(), "security"), "payments/staging");
        String theirs = scene.held("bob", Scene.deploy("payments/staging", "x"));
        assertThat(server.get(change(next, "?against=" + theirs), scene.secret("ann"))
                        .code())
                .isEqualTo("payload-not-yours");
    }

    @Test
    void isShownAsItIsAndInParts() {
        Answer raw = server.get(change(number, "?view=raw&offset=1"), scene.secret("ann"));
        assertThat(raw.body().at("/content/lines")).hasSize(1);
        assertThat(raw.body().path("complete").asBoolean()).isFalse();
        assertThat(raw.body().path("leftOut").asString()).isEqualTo("the first line is not in this part");
    }

    @Test
    void namesTheFieldThatIsWrong() {
        for (String[] wrong :
                new String[][] {{"?view=fancy", "view"}, {"?offset=-1", "offset"}, {"?offset=x", "offset"}}) {
            Answer refused = server.get(change(number, wrong[0]), scene.secret("ann"));
            assertThat(refused.status()).as(refused.text()).isEqualTo(400);
            assertThat(refused.body().at("/violations/0/field").asString()).isEqualTo(wrong[1]);
        }
    }

    private static String change(String number, String query) {
        return "/api/v1/requests/" + number + "/change" + query;
    }
}
