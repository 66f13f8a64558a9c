package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the bootstrap account changes after the set-up, which counts as every requester's own. */
class BootstrapChangesTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @BeforeEach
    void afterTheSetUp() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("eve").developer("sam");
        scene.person("adi", List.of("admin", "developer"), List.of());
        scene.gate("Production", Map.of("minApprovals", 1), "sre");
        Scene.expect(200, scene.settings(scene.admin(), Map.of("setUp", "ended")));
    }

    private String bootstrap() {
        return ServerCalls.ADMIN_TOKEN + "@" + scene.handle();
    }

    private void addToSre(String secret, String handle) {
        Answer added = server.call("PUT", "/api/v1/teams/@sre/members/@" + handle, secret, null);
        assertThat(added.status()).as(added.text()).isLessThan(300);
    }

    @Test
    void saysThatOnlyTheBootstrapAccountMadeSomebodyEligible() {
        addToSre(bootstrap(), "eve");
        String number = scene.held("ann", Scene.deploy("one"));
        Answer refused = scene.approve("eve", number);
        assertThat(refused.code()).isEqualTo("not-eligible");
        assertThat(refused.body().path("detail").asString())
                .contains(
                        "only by a change that the account `bootstrap` made itself, which counts as every requester's own");
        Scene.expect(200, scene.approve("bob", number));
    }

    @Test
    void blamesTheRequesterForWhatHeChangedHimself() {
        addToSre(scene.secret("adi"), "sam");
        String number = scene.held("adi", Scene.deploy("two"));
        Answer refused = scene.approve("sam", number);
        assertThat(refused.body().path("detail").asString())
                .contains("only by a change that the requester's side made itself");
    }

    @Test
    void countsWhomAPersonMadeEligible() {
        addToSre(scene.secret("adi"), "sam");
        String number = scene.held("ann", Scene.deploy("three"));
        Scene.expect(200, scene.approve("sam", number));
    }
}
