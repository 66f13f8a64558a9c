package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where people come by https, their browsers send the cookies of a sign-in nowhere else. */
class SecureCookieTest {

    private final TestServer plain = TestServer.shared();

    @Test
    void cookiesAreSecureWhereThePublicUrlIsHttpsAndOnlyThere() {
        assertThat(cookiesOf(plain)).noneMatch(SecureCookieTest::isSecure);
        try (TestServer guarded = plain.beside("--countersign.server.public-url=https://countersign.acme.example")) {
            assertThat(cookiesOf(guarded)).allMatch(SecureCookieTest::isSecure);
        }
    }

    private static boolean isSecure(String cookie) {
        return List.of(cookie.split("; ", -1)).contains("Secure");
    }

    /** The cookie of the secret and that of the token against foreign sites. */
    private static List<String> cookiesOf(TestServer server) {
        TestOrganization acme = TestOrganization.on(server);
        acme.signedIn("ben", "developer");
        Answer session = acme.signIn("ben", TestOrganization.PASSWORD, "cookie");
        assertThat(session.status()).as(session.text()).isEqualTo(201);
        List<String> cookies = session.headers().allValues("Set-Cookie");
        assertThat(cookies)
                .hasSize(2)
                .anyMatch(cookie -> cookie.startsWith("countersign_session=cs_s_"))
                .anyMatch(cookie -> cookie.startsWith("XSRF-TOKEN="));
        return cookies;
    }
}
