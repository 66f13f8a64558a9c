package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.countersign.core.generation.Choices;
import io.countersign.core.generation.Effort;
import io.countersign.core.generation.ForAll;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class FurtherApprovalsTest {

    private static final List<String> REQUIRED_TEAMS = List.of("ta", "tb", "tc");
    private static final List<String> OTHER_TEAMS = List.of("xa", "xb", "xc", "xd");
    private static final List<String> REQUIRED_ROLES = List.of("ra", "rb", "rc");

    /** A question small enough to be answered by trying every set of people. */
    private record Question(Requirement requirement, People people, List<Belonging> given, List<Belonging> candidates) {

        FurtherApprovals search() {
            return new FurtherApprovals(solver(), given, candidates);
        }

        QuorumSolver solver() {
            return new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people));
        }

        /** Every set of candidates that would do, as bits. */
        List<Integer> enough() {
            List<Integer> enough = new ArrayList<>();
            for (int bits = 0; bits < 1 << candidates.size(); bits++) {
                List<Belonging> all = new ArrayList<>(given);
                for (int i = 0; i < candidates.size(); i++) {
                    if ((bits >> i & 1) == 1) {
                        all.add(candidates.get(i));
                    }
                }
                if (solver().missing(all).isEmpty()) {
                    enough.add(bits);
                }
            }
            return enough;
        }
    }

    @Test
    void theIndispensableAreThoseInEverySetThatIsEnough() {
        ForAll.examples(Effort.of(4_000, 400_000), FurtherApprovalsTest::question, question -> {
            List<Integer> enough = question.enough();
            int inAll = enough.stream().reduce((one, other) -> one & other).orElse(0);
            Set<String> expected = new HashSet<>();
            for (int i = 0; i < question.candidates().size(); i++) {
                if ((inAll >> i & 1) == 1) {
                    expected.add(question.candidates().get(i).personId());
                }
            }
            assertThat(Indispensable.among(question.solver(), question.given(), question.candidates()))
                    .isEqualTo(expected);
        });
    }

    @Test
    void theFewestAndTheClosersAreThoseOfTryingEverySet() {
        ForAll.examples(Effort.of(4_000, 400_000), FurtherApprovalsTest::question, question -> {
            List<Integer> enough = question.enough();
            OptionalInt fewest = enough.stream().mapToInt(Integer::bitCount).min();
            Set<String> closers = new HashSet<>();
            for (int bits : enough) {
                if (Integer.bitCount(bits) == fewest.orElseThrow()) {
                    for (int i = 0; i < question.candidates().size(); i++) {
                        if ((bits >> i & 1) == 1) {
                            closers.add(question.candidates().get(i).personId());
                        }
                    }
                }
            }
            assertThat(question.search().fewest()).isEqualTo(fewest);
            assertThat(question.search().closers()).isEqualTo(closers);
        });
    }

    @Test
    void teamsThatOnlyTheOthersBringMakeItMore() {
        // whoever holds a required role is in the one team xa, so two of the three who fill the roles bring nothing
        Staff staff = new Staff().team("xa").team("xb").team("xc");
        for (String role : REQUIRED_ROLES) {
            staff.person("of-" + role, "developer", role).join("of-" + role, "xa");
        }
        staff.person("bob", "developer")
                .join("bob", "xb")
                .person("cem", "developer")
                .join("cem", "xc");
        Requirement requirement = Demand.by("gate")
                .roles("developer")
                .requiredRoles("ra", "rb", "rc")
                .distinctTeams(3)
                .build();
        Outlook outlook = Counting.preview(requirement, staff.people(), Story.START);
        assertThat(outlook.furtherApprovals()).hasValue(5);
        assertThat(outlook.closers()).hasSize(5);
    }

    @Test
    void whoIsRequiredByNameIsAlwaysACloser() {
        Staff staff = Staff.of("ann", "bob", "cem");
        Requirement requirement = Demand.by("gate")
                .users("bob", "cem")
                .requiredUsers("ann")
                .approvals(1)
                .build();
        Outlook outlook = Counting.preview(requirement, staff.people(), Story.START);
        assertThat(outlook.furtherApprovals()).hasValue(1);
        assertThat(outlook.closers()).containsExactly("ann");
    }

    @Test
    void tenThousandPeopleInHundredsOfKindsAreAnsweredInTime() {
        Requirement requirement = Demand.by("gate")
                .roles("developer")
                .approvals(3)
                .distinctTeams(10)
                .requiredTeams(numbered("team", 10))
                .requiredRoles(numbered("role", 10))
                .build();
        for (int places = 1; places <= 4; places++) {
            People people = crowd(places).people();
            long started = System.nanoTime();
            Outlook outlook = Counting.preview(requirement, people, Story.START);
            Duration time = Duration.ofNanos(System.nanoTime() - started);
            assertThat(outlook.eligible()).hasSize(10_000);
            assertThat(outlook.closers()).isNotEmpty();
            assertThat(outlook.furtherApprovals().orElseThrow()).isBetween(10, 20);
            assertThat(time).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void whereTheSearchIsCutShortTheAnswerStillWorks() {
        // eighty ways to fill three of twenty places, none of which go together without remainder
        List<Long> fills = new ArrayList<>();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < 80; i++) {
            long filled = 0;
            while (Long.bitCount(filled) < 3) {
                filled |= 1L << random.nextInt(40);
            }
            fills.add(filled);
        }
        long all = fills.stream().reduce(0L, (one, other) -> one | other);
        assertThatCode(() -> assertThat(new PlaceCover(fills).fewest(all)).isBetween(14, 40))
                .doesNotThrowAnyException();
    }

    private static Staff crowd(int places) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(places);
        Staff staff = new Staff();
        for (String team : numbered("team", 10)) {
            staff.team(team);
        }
        for (int i = 0; i < 10_000; i++) {
            String person = "person-" + i;
            staff.person(person, "developer");
            for (int place = 0; place < places; place++) {
                int number = random.nextInt(20);
                if (number < 10) {
                    staff.join(person, "team-" + number);
                } else {
                    staff.give(person, "role-" + (number - 10));
                }
            }
        }
        return staff;
    }

    private static String[] numbered(String word, int count) {
        String[] all = new String[count];
        for (int i = 0; i < count; i++) {
            all[i] = word + "-" + i;
        }
        return all;
    }

    private static Question question(Choices choices) {
        Staff staff = new Staff();
        REQUIRED_TEAMS.forEach(staff::team);
        OTHER_TEAMS.forEach(staff::team);
        int count = choices.between(1, 9);
        List<String> teams = new ArrayList<>(OTHER_TEAMS);
        teams.addAll(REQUIRED_TEAMS);
        for (int i = 0; i < count; i++) {
            String person = "p" + i;
            staff.person(person, "developer");
            choices.someOf(teams, 3).forEach(team -> staff.join(person, team));
            choices.someOf(REQUIRED_ROLES, 3).forEach(role -> staff.give(person, role));
        }
        Demand demand = Demand.by("gate")
                .roles("developer")
                .approvals(choices.between(1, 4))
                .distinctTeams(choices.below(5))
                .requiredTeams(choices.someOf(REQUIRED_TEAMS, 2).toArray(String[]::new))
                .requiredRoles(choices.someOf(REQUIRED_ROLES, 2).toArray(String[]::new))
                .requiredUsers(choices.someOf(List.of("p0", "p1"), 8).toArray(String[]::new));
        if (choices.coin()) {
            demand.teams("xa", "xb", "xc", "ta");
        }
        People people = staff.people();
        List<Belonging> given = new ArrayList<>();
        List<Belonging> candidates = new ArrayList<>();
        for (Person person : people.all()) {
            (choices.onceIn(5) ? given : candidates).add(Belonging.of(person, people));
        }
        return new Question(demand.build(), people, given, candidates);
    }
}
