package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.RequirementSource;
import io.countersign.core.policy.Team;
import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaysTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final List<Person> persons = new ArrayList<>();
    private final List<Team> teams = new ArrayList<>();

    private void team(String id, int size) {
        teams.add(new Team(id, null, true));
        for (int i = 0; i < size; i++) {
            person(id + i, Set.of(id));
        }
    }

    private void person(String id, Set<String> in) {
        persons.add(new Person(id, true, in, Set.of("developer"), null));
    }

    private Ways.Count ways(Quorum quorum) {
        Set<String> all = Set.copyOf(teams.stream().map(Team::id).toList());
        Requirement requirement = new Requirement(
                new RequirementSource(RequirementSource.Kind.TEMPLATE, "t", 1, "b"),
                "Gate",
                "",
                new Approvers(Set.of(), all, Set.of()),
                quorum,
                false,
                VoteReason.NEVER,
                Duration.ofDays(1),
                Duration.ofHours(1),
                null);
        People people = new People(persons, teams);
        Outlook outlook = Counting.preview(requirement, people, NOW);
        return Ways.of(
                requirement,
                people,
                outlook.eligible(),
                outlook.furtherApprovals().orElse(1));
    }

    @Test
    void twoPeopleFromTwoTeamsOneOfThemRequired() {
        team("sre", 2);
        team("platform", 4);
        team("security", 3);
        assertThat(ways(new Quorum(2, 2, Set.of(), Set.of("sre"), Set.of()))).isEqualTo(new Ways.Count(14, true));
    }

    @Test
    void whoeverIsInTwoTeamsStandsForOneOfThemAtATime() {
        team("sre", 1);
        team("security", 1);
        person("both", Set.of("sre", "security"));
        assertThat(ways(new Quorum(2, 2, Set.of(), Set.of(), Set.of()))).isEqualTo(new Ways.Count(3, true));
    }

    @Test
    void theRequiredPersonIsInEveryWay() {
        team("sre", 5);
        assertThat(ways(new Quorum(2, 0, Set.of("sre0"), Set.of(), Set.of()))).isEqualTo(new Ways.Count(4, true));
    }

    @Test
    void manyAlikeAreCountedWithoutTryingThemOneByOne() {
        team("everybody", 60);
        assertThat(ways(Quorum.of(3))).isEqualTo(new Ways.Count(34_220, true));
        assertThat(ways(Quorum.of(30))).isEqualTo(new Ways.Count(Ways.MOST, false));
    }

    @Test
    void noWayWhenItCannotBeMet() {
        team("sre", 1);
        assertThat(ways(Quorum.of(2))).isEqualTo(new Ways.Count(0, true));
    }

    @Test
    void thereIsAnEndToTryingOnes() {
        for (int i = 0; i < 300; i++) {
            team("t" + i, 1);
        }
        Ways.Count count = ways(new Quorum(3, 3, Set.of(), Set.of(), Set.of()));
        assertThat(count.exact()).isFalse();
        assertThat(count.ways()).isBetween(1_000L, 4_455_100L);
    }
}
