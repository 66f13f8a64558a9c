package io.countersign.server.directory;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Team;
import io.countersign.server.directory.DirectoryFacts.AccountFact;
import io.countersign.server.directory.DirectoryFacts.Given;
import io.countersign.server.directory.DirectoryFacts.Named;
import io.countersign.server.directory.DirectoryFacts.PersonFact;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of an organization joined to who is who. */
final class Reading {

    private final DirectoryFacts facts;
    private final Map<String, Set<String>> teamsOf;
    private final Map<String, Set<String>> rolesOf;

    Reading(DirectoryFacts facts) {
        this.facts = facts;
        teamsOf = groupsByHolder(facts.teamMembers());
        rolesOf = groupsByHolder(facts.roleHolders());
    }

    private static Map<String, Set<String>> groupsByHolder(List<Given> given) {
        Map<String, Set<String>> groups = new HashMap<>();
        given.forEach(one ->
                groups.computeIfAbsent(one.holderId(), any -> new HashSet<>()).add(one.groupId()));
        return groups;
    }

    People people() {
        return new People(
                facts.people().stream()
                        .filter(person -> !person.deleted())
                        .map(person -> new Person(
                                person.id(),
                                person.active(),
                                teamsOf.getOrDefault(person.id(), Set.of()),
                                rolesOf.getOrDefault(person.id(), Set.of()),
                                standingMaker(person)))
                        .toList(),
                facts.teams().stream()
                        .filter(team -> !team.deleted())
                        .map(team -> new Team(team.id(), team.parentId(), team.countsAsDistinct()))
                        .toList());
    }

    /** The maker of an unconfirmed credential; links made during the set-up are exempt for ever. */
    private @Nullable String standingMaker(PersonFact person) {
        Instant madeAt = person.linkMadeAt();
        return madeAt == null || facts.setUp().covers(madeAt) ? null : person.credentialMaker();
    }

    Map<String, Principal> principals() {
        Map<String, Principal> principals = new LinkedHashMap<>();
        facts.people().stream()
                .filter(person -> !person.deleted())
                .forEach(person -> principals.put(
                        person.id(),
                        new Principal(
                                person.id(),
                                person.handle(),
                                person.name(),
                                PrincipalKind.PERSON,
                                person.active(),
                                rolesOf.getOrDefault(person.id(), Set.of()),
                                null)));
        facts.accounts().stream()
                .filter(account -> !account.deleted())
                .forEach(account -> principals.put(
                        account.id(),
                        new Principal(
                                account.id(),
                                account.handle(),
                                account.name(),
                                account.kind(),
                                account.active(),
                                rolesOf.getOrDefault(account.id(), Set.of()),
                                account.ownerId())));
        return principals;
    }

    Map<String, String> idsByHandle() {
        Map<String, String> ids = new HashMap<>();
        principals().values().forEach(principal -> ids.put(principal.handle(), principal.id()));
        facts.teams().stream().filter(team -> !team.deleted()).forEach(team -> ids.put(team.handle(), team.id()));
        return ids;
    }

    Optional<String> bootstrapId() {
        return facts.accounts().stream()
                .filter(account -> account.kind() == PrincipalKind.BOOTSTRAP)
                .map(AccountFact::id)
                .findFirst();
    }

    Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        names.put(facts.organizationId(), facts.settings().name());
        facts.people().forEach(person -> names.put(person.id(), person.name()));
        facts.accounts().forEach(account -> names.put(account.id(), account.name()));
        facts.teams().forEach(team -> names.put(team.id(), team.name()));
        facts.roles().forEach(role -> names.put(role.id(), role.name()));
        facts.clusters().forEach(cluster -> names.put(cluster.id(), cluster.name()));
        Map<String, String> projects = new HashMap<>();
        for (Named project : facts.projects()) {
            projects.put(project.id(), project.name());
        }
        names.putAll(projects);
        facts.environments()
                .forEach(environment -> names.put(
                        environment.id(),
                        projects.getOrDefault(environment.projectId(), "") + "/" + environment.name()));
        return names;
    }
}
