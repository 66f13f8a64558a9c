package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceReferenceTest {

    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final String DIGEST = "0".repeat(64);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%c",
                "commit:%c",
                "%d",
                "ghcr.io/acme/payments@sha256:%d",
                "https://git.acme.dev/payments/commit/%c"
            })
    void takesWhatEndsWithAWholeCommitIdOrDigest(String form) {
        String reference = form.replace("%c", COMMIT).replace("%d", DIGEST);
        assertThat(SourceReference.checked(reference)).isEqualTo(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "v1.2.3",
                "commit:0123456",
                "a%c",
                "%c ",
                "%c:latest",
                "x\n%c",
                "ghcr.io/acme/payments:1.2"
            })
    void refusesWhatCanBeMoved(String form) {
        assertThatThrownBy(() -> SourceReference.checked(form.replace("%c", COMMIT)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("commit id");
    }
}
