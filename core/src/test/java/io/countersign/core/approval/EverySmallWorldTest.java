package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.Effort;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every world of a few people, up to their names: each is in any of two teams, holds a role or not, and has approved or not;
 * with every quorum of up to three approvals, two teams, a required team, a required role and any of them required by name.
 * What is enough is said here once more, plainly, and who could close it is found by trying every set of people.
 */
class EverySmallWorldTest {

    private static final int MOST_PEOPLE = Effort.of(4, 6);

    /** Up to how many people each of them is required by name, which takes four times as long. */
    private static final int MOST_NAMED = Effort.of(3, 6);

    /** What a person brings. */
    private record Kind(boolean inTa, boolean inTb, boolean holdsRole, boolean approved) {

        static List<Kind> all() {
            List<Kind> all = new ArrayList<>();
            for (int bits = 0; bits < 16; bits++) {
                all.add(new Kind((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0));
            }
            return all;
        }
    }

    /** What is demanded. */
    private record Wish(int approvals, int teams, boolean team, boolean role) {

        static List<Wish> all() {
            List<Wish> all = new ArrayList<>();
            for (int approvals = 1; approvals <= 3; approvals++) {
                for (int teams = 0; teams <= 2; teams++) {
                    for (int bits = 0; bits < 4; bits++) {
                        all.add(new Wish(approvals, teams, (bits & 1) != 0, (bits & 2) != 0));
                    }
                }
            }
            return all;
        }

        Requirement requirement(@Nullable String user) {
            Demand demand = Demand.by("gate").roles("developer").approvals(approvals);
            if (teams > 0) {
                demand.distinctTeams(teams);
            }
            if (team) {
                demand.requiredTeams("ta");
            }
            if (role) {
                demand.requiredRoles("ra");
            }
            if (user != null) {
                demand.requiredUsers(user);
            }
            return demand.build();
        }

        boolean isMetBy(List<Kind> people) {
            return people.size() >= approvals
                    && (!team || people.stream().anyMatch(Kind::inTa))
                    && (!role || people.stream().anyMatch(Kind::holdsRole))
                    && distinct(people) >= teams;
        }

        /** In how many teams they are, each standing for one; where the rule lists teams, only those count. */
        private int distinct(List<Kind> people) {
            if (team) {
                return people.stream().anyMatch(Kind::inTa) ? 1 : 0;
            }
            for (int one = 0; one < people.size(); one++) {
                for (int other = 0; other < people.size(); other++) {
                    if (one != other
                            && people.get(one).inTa()
                            && people.get(other).inTb()) {
                        return 2;
                    }
                }
            }
            return people.stream().anyMatch(person -> person.inTa() || person.inTb()) ? 1 : 0;
        }
    }

    @Test
    void isAnsweredAsByTryingEverySetOfPeople() {
        List<Wish> wishes = Wish.all();
        long questions = 0;
        for (int people = 0; people <= MOST_PEOPLE; people++) {
            questions += walk(new ArrayList<>(), people, 0, Kind.all(), wishes);
        }
        Effort.tell(
                "oracle", String.format("all %,d worlds of up to %d people, 0 differences", questions, MOST_PEOPLE));
    }

    private static long walk(List<Kind> chosen, int further, int from, List<Kind> kinds, List<Wish> wishes) {
        if (further == 0) {
            return compare(chosen, wishes);
        }
        long questions = 0;
        for (int kind = from; kind < kinds.size(); kind++) {
            chosen.add(kinds.get(kind));
            questions += walk(chosen, further - 1, kind, kinds, wishes);
            chosen.removeLast();
        }
        return questions;
    }

    private static long compare(List<Kind> world, List<Wish> wishes) {
        People people = staff(world).people();
        Sides sides = new Sides(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < world.size(); i++) {
            Kind kind = world.get(i);
            Belonging belonging = Belonging.of(people.person("p" + i).orElseThrow(), people);
            (kind.approved() ? sides.given() : sides.candidates()).add(belonging);
            (kind.approved() ? sides.approved() : sides.open()).add(kind);
        }
        List<Optional<String>> users = namedOnes(world);
        for (Wish wish : wishes) {
            users.forEach(user -> compare(world, people, sides, wish, user.orElse(null)));
        }
        return (long) wishes.size() * users.size();
    }

    /** Nobody, and one of each kind in turn: those of one kind stand next to each other. */
    private static List<Optional<String>> namedOnes(List<Kind> world) {
        List<Optional<String>> users = new ArrayList<>(List.of(Optional.empty()));
        for (int i = 0; i < world.size() && world.size() <= MOST_NAMED; i++) {
            if (i == 0 || !world.get(i).equals(world.get(i - 1))) {
                users.add(Optional.of("p" + i));
            }
        }
        return users;
    }

    /** Who has approved and who has not: as the solver takes them, and what they bring. */
    private record Sides(List<Belonging> given, List<Kind> approved, List<Belonging> candidates, List<Kind> open) {

        boolean hasApproved(String user) {
            return given.stream().anyMatch(one -> one.personId().equals(user));
        }
    }

    private static void compare(List<Kind> world, People people, Sides sides, Wish wish, @Nullable String user) {
        Requirement requirement = wish.requirement(user);
        QuorumSolver solver = new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people));
        FurtherApprovals search = new FurtherApprovals(solver, sides.given(), sides.candidates());
        Tried tried = tried(wish, sides, user);
        boolean met = wish.isMetBy(sides.approved()) && (user == null || sides.hasApproved(user));
        boolean same = solver.missing(sides.given()).isEmpty() == met
                && search.fewest().equals(tried.fewest())
                && search.closers().equals(tried.closers());
        if (!same) {
            assertThat(List.of(solver.missing(sides.given()), search.fewest(), search.closers()))
                    .as("%s and %s in %s", wish, user, world)
                    .isEqualTo(List.of(met, tried.fewest(), tried.closers()));
        }
    }

    /** What trying came to. */
    private record Tried(OptionalInt fewest, Set<String> closers) {}

    private static Tried tried(Wish wish, Sides sides, @Nullable String user) {
        List<Kind> open = sides.open();
        boolean there = user == null || sides.hasApproved(user);
        int fewest = Integer.MAX_VALUE;
        Set<String> closers = new HashSet<>();
        for (int bits = 0; bits < 1 << open.size(); bits++) {
            int count = Integer.bitCount(bits);
            if (count > fewest) {
                continue;
            }
            List<Kind> all = new ArrayList<>(sides.approved());
            Set<String> those = new HashSet<>();
            for (int i = 0; i < open.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    all.add(open.get(i));
                    those.add(Objects.requireNonNull(sides.candidates().get(i)).personId());
                }
            }
            if ((there || those.contains(user)) && wish.isMetBy(all)) {
                if (count < fewest) {
                    fewest = count;
                    closers.clear();
                }
                closers.addAll(those);
            }
        }
        return new Tried(fewest == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(fewest), closers);
    }

    private static Staff staff(List<Kind> world) {
        Staff staff = new Staff().team("ta").team("tb");
        for (int i = 0; i < world.size(); i++) {
            Kind kind = world.get(i);
            String person = "p" + i;
            staff.person(person, "developer");
            if (kind.inTa()) {
                staff.join(person, "ta");
            }
            if (kind.inTb()) {
                staff.join(person, "tb");
            }
            if (kind.holdsRole()) {
                staff.give(person, "ra");
            }
        }
        return staff;
    }
}
