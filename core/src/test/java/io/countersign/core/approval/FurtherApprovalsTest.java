package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.approval.FurtherApprovals.Patience;
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
    private static final int EXAMPLES = 150;
    private static final List<String> REQUIRED_ROLES = List.of("ra", "rb", "rc");

    /** A question small enough to be answered by trying every set of people. */
    private record Question(Requirement requirement, People people, List<Belonging> given, List<Belonging> candidates) {

        FurtherApprovals search() {
            return new FurtherApprovals(solver(), given, candidates);
        }

        FurtherApprovals search(Patience patience) {
            return new FurtherApprovals(solver(), given, candidates, patience);
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
    void theWaysAreThoseOfTryingEverySet() {
        ForAll.examples(Effort.of(4_000, 100_000), FurtherApprovalsTest::question, question -> {
            Question fresh = new Question(question.requirement(), question.people(), List.of(), question.candidates());
            int fewest = fresh.search().fewest().orElse(1);
            Set<String> eligible = new HashSet<>();
            fresh.candidates().forEach(one -> eligible.add(one.personId()));
            long ways = fresh.enough().stream()
                    .filter(bits -> Integer.bitCount(bits) == fewest)
                    .count();
            assertThat(Ways.of(fresh.requirement(), fresh.people(), eligible, fewest))
                    .isEqualTo(new Ways.Count(ways, true));
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
        int count = Effort.of(10_000, 10_000);
        Requirement requirement = Demand.by("gate")
                .roles("developer")
                .approvals(3)
                .distinctTeams(10)
                .requiredTeams(numbered("team", 10))
                .requiredRoles(numbered("role", 10))
                .build();
        for (int places = 1; places <= 4; places++) {
            People people = crowd(places, count).people();
            long started = System.nanoTime();
            Outlook outlook = Counting.preview(requirement, people, Story.START);
            Duration time = Duration.ofNanos(System.nanoTime() - started);
            assertThat(outlook.eligible()).hasSize(count);
            assertThat(outlook.closers()).isNotEmpty();
            assertThat(outlook.furtherApprovals().orElseThrow()).isBetween(10, 20);
            assertThat(time).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void whereTheSearchIsCutShortTheAnswerStillWorks() {
        ForAll.examples(Effort.of(4_000, 40_000), FurtherApprovalsTest::question, question -> {
            OptionalInt exact = question.search().fewest();
            for (Patience patience : List.of(new Patience(0, 500_000), new Patience(50_000, 0), new Patience(2, 4))) {
                OptionalInt hasty = question.search(patience).fewest();
                assertThat(hasty.isPresent()).isEqualTo(exact.isPresent());
                if (exact.isPresent()) {
                    assertThat(hasty.getAsInt())
                            .isBetween(exact.getAsInt(), question.candidates().size());
                }
            }
        });
    }

    @Test
    void everyQuestionIsTriedAnewWithinThePatienceForAll() {
        int needy = 0;
        int needyEach = 0;
        for (int seed = 0; seed < EXAMPLES; seed++) {
            Question question = fewTeams(Choices.seeded(seed));
            FurtherApprovals search = question.search();
            OptionalInt exact = search.fewest();
            int needed = search.tried();
            if (needed > 0) {
                assertThat(question.search(new Patience(needed, needed)).fewest())
                        .isEqualTo(exact);
                OptionalInt less =
                        question.search(new Patience(needed, needed - 1)).fewest();
                OptionalInt lessEach =
                        question.search(new Patience(needed - 1, needed)).fewest();
                needy += less.equals(exact) ? 0 : 1;
                needyEach += lessEach.equals(exact) ? 0 : 1;
            }
        }
        assertThat(needyEach).isPositive().isLessThan(needy);
    }

    @Test
    void theBoundsSpareMostChoices() {
        // counted and not timed, so the same on every machine; whoever makes the search better lowers these
        int any = 0;
        int few = 0;
        for (int seed = 0; seed < EXAMPLES; seed++) {
            any += tried(manyPlaces(Choices.seeded(seed)).search());
            few += tried(fewTeams(Choices.seeded(seed)).search());
        }
        assertThat(List.of(any, few)).isEqualTo(List.of(828, 4_926));
    }

    private static int tried(FurtherApprovals search) {
        search.fewest();
        search.closers();
        return search.tried();
    }

    /** Up to ten places that some dozens of people fill, who come from any team. */
    private static Question manyPlaces(Choices choices) {
        String[] required = numbered("team", choices.between(1, 5));
        String[] roles = numbered("role", choices.between(1, 5));
        List<String> teams = new ArrayList<>(List.of(required));
        teams.addAll(List.of(numbered("other", choices.between(1, 5))));
        Staff staff = new Staff();
        teams.forEach(staff::team);
        int most = choices.between(1, 3);
        for (int i = choices.between(10, 40); i > 0; i--) {
            String person = "p" + i;
            staff.person(person, "developer");
            for (int group = 0; group < most; group++) {
                if (choices.coin()) {
                    staff.join(person, choices.oneOf(teams));
                } else {
                    staff.give(person, choices.oneOf(List.of(roles)));
                }
            }
        }
        return question(
                staff,
                Demand.by("gate")
                        .roles("developer")
                        .distinctTeams(choices.below(teams.size() + 1))
                        .requiredTeams(required)
                        .requiredRoles(roles));
    }

    /** Whoever holds a required role comes from one of a few teams, and more teams are wanted than those. */
    private static Question fewTeams(Choices choices) {
        String[] roles = numbered("role", choices.between(3, 7));
        List<String> teams = List.of(numbered("team", choices.between(1, 3)));
        Staff staff = new Staff();
        teams.forEach(staff::team);
        for (int i = choices.between(10, 40); i > 0; i--) {
            String person = "p" + i;
            staff.person(person, "developer");
            for (int role = choices.between(1, 2); role > 0; role--) {
                staff.give(person, choices.oneOf(List.of(roles)));
                choices.someOf(teams, 3).forEach(team -> staff.join(person, team));
            }
        }
        int others = choices.between(1, 5);
        for (int i = 0; i < others; i++) {
            staff.team("other-" + i).person("o" + i, "developer").join("o" + i, "other-" + i);
        }
        return question(
                staff,
                Demand.by("gate")
                        .roles("developer")
                        .distinctTeams(teams.size() + choices.between(1, others))
                        .requiredRoles(roles));
    }

    private static Question question(Staff staff, Demand demand) {
        People people = staff.people();
        List<Belonging> candidates = people.all().stream()
                .map(person -> Belonging.of(person, people))
                .toList();
        return new Question(demand.build(), people, List.of(), candidates);
    }

    private static Staff crowd(int places, int count) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(places);
        Staff staff = new Staff();
        for (String team : numbered("team", 10)) {
            staff.team(team);
        }
        for (int i = 0; i < count; i++) {
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
