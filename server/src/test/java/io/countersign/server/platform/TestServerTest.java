package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestServerTest {

    @Test
    void startsAWholeServerOnAFreshDatabase() {
        TestServer server = TestServer.shared();
        assertThat(server.bean(ServerClock.class).simulated()).isFalse();
        assertThat(server.get("/nowhere", null).status()).isBetween(400, 499);
    }
}
