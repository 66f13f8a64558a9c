package io.countersign.core.approval;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Team;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** People and teams as a test puts them together; every person is an active developer until the test says otherwise. */
final class Staff {

    private final Map<String, Person> persons = new LinkedHashMap<>();
    private final Map<String, Team> teams = new LinkedHashMap<>();

    static Staff of(String... ids) {
        Staff staff = new Staff();
        for (String id : ids) {
            staff.persons.put(id, new Person(id, true, Set.of(), Set.of("developer"), null));
        }
        return staff;
    }

    Staff person(String id, String... roles) {
        persons.put(id, new Person(id, true, Set.of(), Set.of(roles), null));
        return this;
    }

    Staff copy() {
        Staff copy = new Staff();
        copy.persons.putAll(persons);
        copy.teams.putAll(teams);
        return copy;
    }

    Staff team(String team, String... members) {
        teams.put(team, new Team(team, null, true));
        for (String member : members) {
            join(member, team);
        }
        return this;
    }

    Staff below(String child, String parent) {
        teams.put(child, new Team(child, parent, team(child).countsAsDistinct()));
        return this;
    }

    Staff notDistinct(String team) {
        teams.put(team, new Team(team, team(team).parentId(), false));
        return this;
    }

    Staff dissolve(String team) {
        teams.remove(team);
        return this;
    }

    Staff join(String person, String team) {
        return change(person, before -> groups(before, with(before.teams(), team), before.orgRoles()));
    }

    Staff leave(String person, String team) {
        return change(person, before -> groups(before, without(before.teams(), team), before.orgRoles()));
    }

    Staff give(String person, String... roles) {
        return change(person, before -> {
            Set<String> more = new HashSet<>(before.orgRoles());
            more.addAll(Set.of(roles));
            return groups(before, before.teams(), more);
        });
    }

    Staff take(String person, String role) {
        return change(person, before -> groups(before, before.teams(), without(before.orgRoles(), role)));
    }

    Staff roles(String person, String... roles) {
        return change(person, before -> groups(before, before.teams(), Set.of(roles)));
    }

    Staff deactivate(String person) {
        return change(
                person,
                before -> new Person(before.id(), false, before.teams(), before.orgRoles(), before.credentialMaker()));
    }

    Staff credentialFrom(String person, @Nullable String maker) {
        return change(
                person, before -> new Person(before.id(), before.active(), before.teams(), before.orgRoles(), maker));
    }

    Staff remove(String person) {
        persons.remove(person);
        return this;
    }

    People people() {
        return new People(persons.values(), teams.values());
    }

    private Team team(String id) {
        return teams.getOrDefault(id, new Team(id, null, true));
    }

    private Staff change(String id, UnaryOperator<Person> change) {
        persons.computeIfPresent(id, (_, before) -> change.apply(before));
        return this;
    }

    private static Person groups(Person before, Set<String> teams, Set<String> roles) {
        return new Person(before.id(), before.active(), teams, roles, before.credentialMaker());
    }

    private static Set<String> with(Set<String> some, String one) {
        Set<String> more = new HashSet<>(some);
        more.add(one);
        return more;
    }

    private static Set<String> without(Set<String> some, String one) {
        Set<String> fewer = new HashSet<>(some);
        fewer.remove(one);
        return fewer;
    }
}
