package io.countersign.core.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.Effort;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Requirement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every world of a few people, up to their names: each is in any of two teams, holds a role or not, and has approved or not;
 * with every quorum of up to three approvals, two teams, a required team and a required role. What is enough is said here
 * once more, plainly, and who could close it is found by trying every set of people.
 */
class EverySmallWorldTest {

    private static final int MOST_PEOPLE = Effort.of(4, 6);

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

        Requirement requirement() {
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
        long worlds = 0;
        for (int people = 0; people <= MOST_PEOPLE; people++) {
            worlds += walk(new ArrayList<>(), people, 0, Kind.all(), wishes);
        }
        Effort.tell(
                "oracle",
                String.format("all %,d worlds of up to %d people, 0 differences", worlds * wishes.size(), MOST_PEOPLE));
    }

    private static long walk(List<Kind> chosen, int further, int from, List<Kind> kinds, List<Wish> wishes) {
        if (further == 0) {
            compare(chosen, wishes);
            return 1;
        }
        long worlds = 0;
        for (int kind = from; kind < kinds.size(); kind++) {
            chosen.add(kinds.get(kind));
            worlds += walk(chosen, further - 1, kind, kinds, wishes);
            chosen.removeLast();
        }
        return worlds;
    }

    private static void compare(List<Kind> world, List<Wish> wishes) {
        People people = staff(world).people();
        List<Belonging> given = new ArrayList<>();
        List<Belonging> candidates = new ArrayList<>();
        List<Kind> approved = new ArrayList<>();
        List<Kind> open = new ArrayList<>();
        for (int i = 0; i < world.size(); i++) {
            Kind kind = world.get(i);
            Belonging belonging = Belonging.of(people.person("p" + i).orElseThrow(), people);
            (kind.approved() ? given : candidates).add(belonging);
            (kind.approved() ? approved : open).add(kind);
        }
        for (Wish wish : wishes) {
            Requirement requirement = wish.requirement();
            QuorumSolver solver = new QuorumSolver(requirement.quorum(), new DistinctTeams(requirement, people));
            FurtherApprovals search = new FurtherApprovals(solver, given, candidates);
            Tried tried = tried(wish, approved, open, candidates);
            boolean same = solver.missing(given).isEmpty() == wish.isMetBy(approved)
                    && search.fewest().equals(tried.fewest())
                    && search.closers().equals(tried.closers());
            if (!same) {
                assertThat(List.of(solver.missing(given), search.fewest(), search.closers()))
                        .as("%s in %s", wish, world)
                        .isEqualTo(List.of(wish.isMetBy(approved), tried.fewest(), tried.closers()));
            }
        }
    }

    /** What trying came to. */
    private record Tried(OptionalInt fewest, Set<String> closers) {}

    private static Tried tried(Wish wish, List<Kind> approved, List<Kind> open, List<Belonging> candidates) {
        int fewest = Integer.MAX_VALUE;
        Set<String> closers = new HashSet<>();
        for (int bits = 0; bits < 1 << open.size(); bits++) {
            int count = Integer.bitCount(bits);
            if (count > fewest) {
                continue;
            }
            List<Kind> all = new ArrayList<>(approved);
            Set<String> those = new HashSet<>();
            for (int i = 0; i < open.size(); i++) {
                if ((bits >> i & 1) == 1) {
                    all.add(open.get(i));
                    those.add(Objects.requireNonNull(candidates.get(i)).personId());
                }
            }
            if (wish.isMetBy(all)) {
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
