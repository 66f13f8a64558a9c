package io.countersign.core.action;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReasonTest {

    @Test
    void isTrimmed() {
        assertThat(Reason.of(" \t fix the outage\n ")).contains("fix the outage");
    }

    @Test
    void isNothingWhereNothingCanBeSeen() {
        String[] invisible = {
            "",
            "   ",
            "\n\t",
            "\u00a0",
            "\u200b",
            "\u200d\u2060",
            "\u2800",
            "\u3164",
            "\u115f\u1160",
            "\u0301",
            "\u202e",
            "\ue000",
            "\u2028",
            "\u2029",
            "\ud800",
            "\u0378",
            "\u0000"
        };
        for (String text : invisible) {
            assertThat(Reason.of(text))
                    .as(text.codePoints()
                            .mapToObj(Integer::toHexString)
                            .toList()
                            .toString())
                    .isEmpty();
        }
        assertThat(Reason.of(null)).isEmpty();
    }

    @Test
    void keepsWhatIsSeenInAnyScript() {
        assertThat(Reason.of("e\u0301")).isPresent();
        assertThat(Reason.of("اضطراری")).isPresent();
        assertThat(Reason.of("🚑")).isPresent();
        assertThat(Reason.of("-")).isPresent();
    }

    @Test
    void hasAtMostFourThousandCharacters() {
        assertThat(Reason.tooLong("a".repeat(4_000))).isFalse();
        assertThat(Reason.tooLong("a".repeat(4_001))).isTrue();
        assertThat(Reason.tooLong("🚑".repeat(4_000))).isFalse();
    }
}
