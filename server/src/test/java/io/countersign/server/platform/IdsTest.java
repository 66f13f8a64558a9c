package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void namesTheTypeAndUsesOnlyCrockfordsLetters() {
        assertThat(Ids.next("req")).matches("req_[0-9abcdefghjkmnpqrstvwxyz]{26}");
    }

    @Test
    void isUniqueAndRisesWithTime() throws InterruptedException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(Ids.next("req"));
        }
        assertThat(seen).hasSize(10_000);
        String earlier = Ids.next("req");
        Thread.sleep(3);
        assertThat(Ids.next("req")).isGreaterThan(earlier);
    }

    @Test
    void writesBytesAsOneNumber() {
        assertThat(Ids.base32(new byte[] {0, 0, 0, 31}, 7)).isEqualTo("000000z");
        assertThat(Ids.base32(new byte[] {1, 0}, 4)).isEqualTo("0080");
        assertThat(Ids.base32(new byte[] {-1, -1, -1, -1, -1}, 8)).isEqualTo("zzzzzzzz");
    }
}
