package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Actor SYSTEM = Actor.system("org_1");

    @Test
    void keepsWholeRunsAndTheirParts() {
        Entry created = new DirectoryEntry.PersonCreated("per_1", "ann-lee", "Ann Lee (payments/production), really.");
        assertThat(Words.of(SYSTEM, created, "req_1"))
                .contains("person-created", "per_1", "ann-lee", "ann", "lee", "payments/production", "payments")
                .contains("production", "really", "req_1", "system")
                .doesNotContain("", "really.", "(payments");
    }

    @Test
    void looksForEachRunOnce() {
        assertThat(Words.sought("  AR-12, payments/production AR-12 !"))
                .isEqualTo(List.of("ar-12", "payments/production"));
        assertThat(Words.sought("... --- !")).isEmpty();
    }

    @Test
    void staysBoundedWhateverItIsGiven() {
        String many = IntStream.range(0, 9_000).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
        String longOne = "\ud83d\ude00" + "x".repeat(5_000);
        Entry created = new DirectoryEntry.PersonCreated("per_1", longOne, many);
        assertThat(Words.of(SYSTEM, created, null))
                .hasSizeLessThanOrEqualTo(2_000)
                .allSatisfy(word -> assertThat(word.length()).isBetween(1, 100));
    }
}
