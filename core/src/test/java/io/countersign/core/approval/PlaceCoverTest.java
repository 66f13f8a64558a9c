package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.Choices;
import io.countersign.core.generation.Effort;
import io.countersign.core.generation.ForAll;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceCoverTest {

    /** What some people fill, and the places of which it is asked. */
    private record Question(List<Long> fills, long places) {

        /** The fewest by trying every set of people, or none when all of them leave a place open. */
        int fewest() {
            int fewest = Integer.MAX_VALUE;
            for (int bits = 0; bits < 1 << fills.size(); bits++) {
                long filled = 0;
                for (int i = 0; i < fills.size(); i++) {
                    filled |= (bits >> i & 1) == 1 ? fills.get(i) : 0;
                }
                if ((places & ~filled) == 0) {
                    fewest = Math.min(fewest, Integer.bitCount(bits));
                }
            }
            return fewest;
        }

        boolean possible() {
            return (places & ~fills.stream().reduce(0L, (one, other) -> one | other)) == 0;
        }
    }

    @Test
    void theFewestAreThoseOfTryingEverySet() {
        ForAll.examples(Effort.of(4_000, 100_000), PlaceCoverTest::question, question -> {
            PlaceCover cover = new PlaceCover(question.fills());
            int fewest = cover.fewest(question.places());
            if (question.possible()) {
                assertThat(fewest).isEqualTo(question.fewest());
            } else {
                assertThat(fewest).isGreaterThan(Long.SIZE);
            }
            assertThat(cover.fewest(question.places())).isEqualTo(fewest);
        });
    }

    @Test
    void whoAlwaysTakesTheMostHelpfulNextIsOnlySoFarFromTheFewest() {
        // Johnson, Lovász: at most 1 + 1/2 + ... + 1/d times the fewest, where nobody fills more than d places
        ForAll.examples(Effort.of(4_000, 100_000), PlaceCoverTest::question, question -> {
            int hasty = new PlaceCover(question.fills(), 0).fewest(question.places());
            if (question.possible()) {
                double bound = 0;
                int most = question.fills().stream()
                        .mapToInt(filled -> Long.bitCount(filled & question.places()))
                        .max()
                        .orElse(0);
                for (int i = 1; i <= most; i++) {
                    bound += 1.0 / i;
                }
                assertThat(hasty).isGreaterThanOrEqualTo(question.fewest());
                assertThat((double) hasty).isLessThanOrEqualTo(bound * question.fewest() + 1e-9);
            } else {
                assertThat(hasty).isGreaterThan(Long.SIZE);
            }
        });
    }

    @Test
    void theRarestPlaceIsTheFirstThatTheFewestFill() {
        PlaceCover cover = new PlaceCover(List.of(0b0111L, 0b1011L, 0b1101L, 0b10001L));
        assertThat(cover.rarest(0b11111)).isEqualTo(0b10000);
        assertThat(cover.rarest(0b01111)).isEqualTo(0b00010);
        assertThat(cover.rarest(0b01101)).isEqualTo(0b00100);
        assertThat(cover.rarest(0b01001)).isEqualTo(0b01000);
        assertThat(cover.rarest(0)).isZero();
    }

    @Test
    void theBoundsSpareMostChoices() {
        // counted and not timed, so the same on every machine; whoever makes the search better lowers this
        int tried = 0;
        for (int seed = 0; seed < 200; seed++) {
            PlaceCover cover = new PlaceCover(threes(Choices.seeded(seed)));
            for (long places = 1; places < 1L << 14; places = places * 3 + 1) {
                cover.fewest(places);
            }
            cover.fewest((1L << 14) - 1);
            cover.fewest((1L << 14) - 1);
            tried += cover.tried();
        }
        assertThat(tried).isLessThanOrEqualTo(7_608);
    }

    @Test
    void soManyChoicesAsItTakesAreEnough() {
        List<Long> fills = threes(Choices.seeded(1));
        long all = fills.stream().reduce(0L, (one, other) -> one | other);
        PlaceCover patient = new PlaceCover(fills);
        int fewest = patient.fewest(all);
        assertThat(new PlaceCover(fills, patient.tried()).fewest(all)).isEqualTo(fewest);
        assertThat(new PlaceCover(fills, patient.tried() - 1).fewest(all)).isGreaterThan(fewest);
    }

    /** Forty ways to fill three of fourteen places, which go together badly. */
    private static List<Long> threes(Choices choices) {
        List<Long> fills = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            long filled = 0;
            while (Long.bitCount(filled) < 3) {
                filled |= 1L << choices.below(14);
            }
            fills.add(filled);
        }
        return fills;
    }

    private static Question question(Choices choices) {
        int places = choices.between(1, 9);
        List<Long> fills = new ArrayList<>();
        int people = choices.below(9);
        for (int i = 0; i < people; i++) {
            fills.add(some(choices, places, choices.between(2, 4)));
        }
        return new Question(fills, some(choices, places, 2) | 1);
    }

    private static long some(Choices choices, int places, int onceIn) {
        long some = 0;
        for (int place = 0; place < places; place++) {
            some |= choices.onceIn(onceIn) ? 1L << place : 0;
        }
        return some;
    }
}
