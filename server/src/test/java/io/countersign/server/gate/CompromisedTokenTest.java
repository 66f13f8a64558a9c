package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a token did before it was found to be in wrong hands. */
class CompromisedTokenTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    /** A voting token of somebody in the scene: the answer that made it. */
    private Answer votingToken(String who) {
        return Scene.expect(
                201,
                server.post(
                        "/api/v1/tokens",
                        scene.secret(who),
                        Map.of("name", "votes", "scopes", List.of("vote", "read"))));
    }

    private Answer revoke(Answer token, String who) {
        return server.post(
                "/api/v1/tokens/" + token.body().path("id").asString() + "/revocation",
                scene.secret(who),
                Map.of("compromised", true));
    }

    private Answer approve(Answer token, String number, String digest) {
        return server.post(
                "/api/v1/requests/" + number + "/votes",
                token.body().path("token").asString(),
                Map.of("vote", "approve", "payloadDigest", digest));
    }

    @Test
    void losesItsVotesOnPendingRequestsAndNoOthers() {
        scene.developer("asker").developer("ann", "sre").developer("ben", "sre");
        scene.gate("Two of sre", Map.of("minApprovals", 2), "sre");
        String number = scene.held("asker", Scene.deploy("first"));
        Answer token = votingToken("ann");
        Scene.expect(200, approve(token, number, scene.digest(number)));

        Answer revoked = revoke(token, "ann");
        assertThat(revoked.body().path("state").asString()).isEqualTo("compromised");
        Scene.expect(200, scene.approve("ben", number));
        assertThat(scene.state(number)).isEqualTo("pending");

        Scene.expect(200, scene.approve("ann", number));
        assertThat(scene.state(number)).isEqualTo("approved");
    }

    @Test
    void leavesNoVoteBehindThatWasCastWhileItWasRevoked() throws Exception {
        scene.developer("asker").developer("ann", "sre").developer("ben", "sre");
        scene.gate("One of sre, alone", Map.of("minApprovals", 2), "sre");
        for (int round = 0; round < 15; round++) {
            String number = scene.held("asker", Scene.deploy("round " + round));
            String digest = scene.digest(number);
            Answer token = votingToken("ann");
            try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Answer> vote = both.submit(() -> approve(token, number, digest));
                Future<Answer> revocation = both.submit(() -> revoke(token, "ann"));
                assertThat(vote.get().status()).isIn(200, 201, 401);
                assertThat(revocation.get().status()).isEqualTo(200);
            }
            Scene.expect(200, scene.approve("ben", number));
            assertThat(scene.state(number)).as("round " + round).isEqualTo("pending");
        }
    }
}
