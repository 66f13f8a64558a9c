package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever tries passwords from one address has to wait, however many handles he tries them for. */
class AddressLimitTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.shared()
                .beside(
                        "--countersign.access.failures-per-address=3",
                        "--countersign.server.trusted-proxies=127.0.0.1,::1");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void anAddressWaitsAfterItsFailuresWhateverHandlesTheyWereFor() {
        TestOrganization acme = TestOrganization.on(server);
        TestOrganization other = TestOrganization.on(server);
        for (String handle : List.of("ann", "bob", "cem", "dan")) {
            acme.signedIn(handle, "developer");
        }
        other.signedIn("eve", "developer");
        String there = "203.0.113.77";

        assertThat(signIn(acme, "ann", "wrong password", there).status()).isEqualTo(401);
        assertThat(signIn(acme, "dan", TestOrganization.PASSWORD, there).status())
                .as("a success is no failure")
                .isEqualTo(201);
        assertThat(signIn(acme, "bob", "wrong password", there).status()).isEqualTo(401);
        assertThat(signIn(other, "eve", "wrong password", there).status()).isEqualTo(401);

        for (String password : List.of("wrong password", TestOrganization.PASSWORD)) {
            Answer blocked = signIn(acme, "cem", password, there);
            assertThat(blocked.status()).as(blocked.text()).isEqualTo(429);
            assertThat(blocked.code()).isEqualTo("too-many-attempts");
            assertThat(blocked.headers().firstValueAsLong("Retry-After").orElse(0))
                    .isBetween(800L, 900L);
        }
        assertThat(signIn(acme, "cem", TestOrganization.PASSWORD, "203.0.113.78")
                        .status())
                .as("from another address")
                .isEqualTo(201);
    }

    private static Answer signIn(TestOrganization organization, String handle, String password, String address) {
        return organization.signIn(handle, password, "bearer", "X-Forwarded-For", address);
    }
}
