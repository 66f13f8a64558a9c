package io.countersign.core.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every human and team of one organization at one moment; answers who belongs where, through nesting. */
public final class People {

    private final Map<String, Person> persons;
    private final Map<String, Team> teams;
    private final Map<String, Set<String>> upwards;
    private final Map<Set<String>, Set<String>> together;

    /** Made when it is first asked for; two threads may both make it, and it is the same. */
    private volatile @Nullable Groups byGroup;

    public People(Collection<Person> persons, Collection<Team> teams) {
        this.persons = new LinkedHashMap<>();
        persons.forEach(person -> this.persons.put(person.id(), person));
        this.teams = new LinkedHashMap<>();
        teams.forEach(team -> this.teams.put(team.id(), team));
        this.upwards = new HashMap<>();
        teams.forEach(team -> upwards.put(team.id(), ancestry(team.id())));
        this.together = new HashMap<>();
        persons.forEach(person -> together.computeIfAbsent(person.teams(), this::upwards));
    }

    /** The person with this id, or nothing. */
    public Optional<Person> person(String id) {
        return Optional.ofNullable(persons.get(id));
    }

    /** Every person, in the order given. */
    public Collection<Person> all() {
        return persons.values();
    }

    /** The team with this id, or nothing when it was deleted. */
    public Optional<Team> team(String id) {
        return Optional.ofNullable(teams.get(id));
    }

    /** Every team, in the order given. */
    public Collection<Team> teams() {
        return teams.values();
    }

    /** The teams a person is in, directly or through nesting. */
    public Set<String> teamsOf(Person person) {
        Set<String> known = together.get(person.teams());
        return known != null ? known : upwards(person.teams());
    }

    /** Everybody a list names: by id, by a team, nested ones included, or by a role; each once. */
    public Collection<Person> among(Approvers listed) {
        Groups groups = known();
        Set<Person> named = new LinkedHashSet<>();
        listed.users().forEach(id -> person(id).ifPresent(named::add));
        listed.teams().forEach(id -> named.addAll(groups.teams().getOrDefault(id, List.of())));
        listed.orgRoles().forEach(id -> named.addAll(groups.roles().getOrDefault(id, List.of())));
        return named;
    }

    private Groups known() {
        Groups groups = byGroup;
        if (groups == null) {
            groups = groups();
            byGroup = groups;
        }
        return groups;
    }

    /** Everybody by each team he is in, nested ones included, and by each role he holds. */
    private record Groups(Map<String, List<Person>> teams, Map<String, List<Person>> roles) {}

    private Groups groups() {
        Groups groups = new Groups(new HashMap<>(), new HashMap<>());
        for (Person person : persons.values()) {
            teamsOf(person)
                    .forEach(team -> groups.teams()
                            .computeIfAbsent(team, _ -> new ArrayList<>())
                            .add(person));
            person.orgRoles()
                    .forEach(role -> groups.roles()
                            .computeIfAbsent(role, _ -> new ArrayList<>())
                            .add(person));
        }
        return groups;
    }

    private Set<String> upwards(Set<String> directs) {
        Set<String> all = new HashSet<>();
        for (String direct : directs) {
            all.addAll(upwards.getOrDefault(direct, Set.of()));
        }
        return Set.copyOf(all);
    }

    private Set<String> ancestry(String teamId) {
        Set<String> seen = new HashSet<>();
        @Nullable String current = teamId;
        while (current != null && seen.add(current)) {
            Team team = teams.get(current);
            if (team == null) {
                seen.remove(current);
                break;
            }
            current = team.parentId();
        }
        return Set.copyOf(seen);
    }
}
