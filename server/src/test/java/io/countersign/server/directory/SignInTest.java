package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignInTest {

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    @Test
    void letsAPersonInWithTheLinkThatWasMadeForHim() {
        String session = acme.signedIn("ben", "developer");
        Answer me = acme.get("/me", session);
        assertThat(me.body().path("handle").asString()).isEqualTo("ben");
        assertThat(me.body().path("roles").toString()).isEqualTo("[\"developer\"]");
        assertThat(me.body().path("organization").path("handle").asString()).isEqualTo(acme.handle());
    }

    @Test
    void letsAPersonInWithHandleAndPassword() {
        acme.signedIn("ben", "developer");
        Answer session = acme.signIn("@Ben");
        assertThat(session.status()).isEqualTo(201);
        assertThat(acme.get("/me", session.body().path("secret").asString()).status())
                .isEqualTo(200);
    }

    @Test
    void answersWrongPasswordsAndUnknownHandlesAlike() {
        acme.signedIn("ben", "developer");
        Answer wrong = acme.signIn("ben", "not the password");
        Answer unknown = acme.signIn("nobody-here", "not the password");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.code()).isEqualTo(unknown.code()).isEqualTo("sign-in-failed");
        assertThat(wrong.body().path("detail")).isEqualTo(unknown.body().path("detail"));
    }

    @Test
    void makesAHandleWaitAfterTenFailures() {
        acme.signedIn("ben", "developer");
        for (int i = 0; i < 10; i++) {
            assertThat(acme.signIn("ben", "wrong password " + i).status()).isEqualTo(401);
        }
        Answer blocked = acme.signIn("ben");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(blocked.code()).isEqualTo("too-many-attempts");
        assertThat(blocked.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(800L, 900L);
    }

    @Test
    void usesALinkUpOnce() {
        String ben = acme.person("ben", "developer");
        Answer link = acme.post("/people/" + ben + "/enrolment-links", acme.admin(), Map.of("kind", "enrolment"));
        String secret = link.body().path("link").asString();
        assertThat(link.body().path("url").asString()).endsWith("/enrol#" + secret);
        TestOrganization.open(server, secret);
        Answer again = server.call(
                "POST",
                "/api/v1/enrolments",
                null,
                Map.of("link", secret, "password", "another password", "transport", "bearer"));
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.code()).isEqualTo("link-not-found");
        assertThat(acme.signIn("ben").status()).isEqualTo(201);
    }
}
