package io.countersign.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForAllTest {

    @Test
    void aFailingExampleIsMadeAsSmallAsItCanBe() {
        assertThatThrownBy(() -> ForAll.examples(
                        100, ForAllTest::numbers, list -> assertThat(list).noneMatch(number -> number >= 10)))
                .isInstanceOf(AssertionError.class)
                .hasMessageEndingWith(" on [10]");
    }

    @Test
    void theSameSeedMakesTheSameExamples() {
        assertThat(numbers(Choices.seeded(7))).isEqualTo(numbers(Choices.seeded(7)));
        assertThat(numbers(Choices.seeded(7))).isNotEqualTo(numbers(Choices.seeded(8)));
    }

    @Test
    void aClaimThatHoldsIsTriedOnEveryExample() {
        List<List<Integer>> seen = new ArrayList<>();
        ForAll.examples(50, ForAllTest::numbers, seen::add);
        assertThat(seen).hasSize(50);
    }

    private static List<Integer> numbers(Choices choices) {
        List<Integer> numbers = new ArrayList<>();
        int count = choices.below(8);
        for (int i = 0; i < count; i++) {
            numbers.add(choices.below(100));
        }
        return numbers;
    }
}
