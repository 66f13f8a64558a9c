package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DuplicatesTest {

    @Test
    void findsTheFirstThatIsThereAgain() {
        assertThat(Duplicates.first(List.of())).isEmpty();
        assertThat(Duplicates.first(List.of("a", "b", "c"))).isEmpty();
        assertThat(Duplicates.first(List.of("a", "b", "b", "a"))).isEqualTo(OptionalInt.of(2));
    }

    @Test
    void refusesTwoNamesOfOneThingByTheSecond() {
        Duplicates.demandNone("users", List.of("@ann", "@bob"), List.of("per_1", "per_2"));
        assertThatThrownBy(() -> Duplicates.demandNone(
                        "users", List.of("per_1", "@bob", "@ann"), List.of("per_1", "per_2", "per_1")))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().status()).isEqualTo(400);
                    assertThat(refused.problem().code()).isEqualTo("duplicate-id");
                    assertThat(refused.problem().detail()).isEqualTo("`@ann` is there twice");
                    assertThat(refused.problem().violations())
                            .singleElement()
                            .satisfies(fault -> assertThat(fault.field()).isEqualTo("users[2]"));
                });
    }
}
