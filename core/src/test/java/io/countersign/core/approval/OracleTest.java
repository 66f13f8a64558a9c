package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.Effort;
import io.countersign.core.generation.ForAll;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The counting is compared, world by world, with the oracle. */
class OracleTest {

    private static final int WORLDS = Effort.of(20_000, 2_000_000);

    @Test
    void everybodysStandingIsWhatTheOracleSays() {
        ForAll.examples(WORLDS, World::any, world -> {
            Counting counting = world.counting();
            for (Requirement requirement : world.request().requirements()) {
                for (Person person : world.circumstances().people().all()) {
                    assertThat(counting.standing(person.id(), requirement) == Standing.ELIGIBLE)
                            .as("%s for %s", person.id(), requirement.name())
                            .isEqualTo(world.oracle().mayVote(person.id(), requirement));
                }
            }
        });
        Effort.tell("oracle", String.format("everybody's standing in %,d worlds, 0 differences", WORLDS));
    }

    @Test
    void theSameApprovalsCountAndTheSameRequirementsAreMet() {
        ForAll.examples(WORLDS, World::any, world -> {
            for (Tally tally : world.counting().tallies()) {
                assertThat(tally.counted()).isEqualTo(world.oracle().counted(tally.requirement()));
                assertThat(tally.met()).isEqualTo(world.oracle().met(tally.requirement()));
            }
        });
        Effort.tell("oracle", String.format("every tally of %,d worlds, 0 differences", WORLDS));
    }

    @Test
    void whoCouldCloseItAndTheFewestApprovalsAreThoseOfBruteForce() {
        ForAll.examples(WORLDS, World::any, world -> {
            Requirement requirement = world.request().requirements().getFirst();
            Outlook outlook = world.counting().outlook(requirement);
            Oracle oracle = world.oracle();
            assertThat(outlook.eligible())
                    .containsExactlyInAnyOrderElementsOf(oracle.candidates(requirement).stream()
                            .map(Person::id)
                            .toList());
            assertThat(outlook.furtherApprovals()).isEqualTo(oracle.fewestFurther(requirement));
            assertThat(outlook.closers()).isEqualTo(oracle.closers(requirement));
        });
        Effort.tell("oracle", String.format("%,d worlds closed by brute force, 0 differences", WORLDS));
    }

    @Test
    void theWorldsShowEveryStandingAndEveryDistance() {
        Map<Standing, Integer> standings = new EnumMap<>(Standing.class);
        Map<OptionalInt, Integer> distances = new HashMap<>();
        ForAll.examples(5_000, World::any, world -> {
            Requirement requirement = world.request().requirements().getFirst();
            Counting counting = world.counting();
            world.circumstances()
                    .people()
                    .all()
                    .forEach(person -> standings.merge(counting.standing(person.id(), requirement), 1, Integer::sum));
            distances.merge(counting.outlook(requirement).furtherApprovals(), 1, Integer::sum);
        });
        assertThat(standings)
                .containsOnlyKeys(Standing.values())
                .allSatisfy((_, times) -> assertThat(times).isGreaterThan(30));
        assertThat(distances)
                .containsKeys(
                        OptionalInt.empty(),
                        OptionalInt.of(0),
                        OptionalInt.of(1),
                        OptionalInt.of(2),
                        OptionalInt.of(3),
                        OptionalInt.of(4));
    }
}
