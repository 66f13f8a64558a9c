package io.countersign.server.directory;

import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Team;
import io.countersign.server.directory.DirectoryFacts.AccountFact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whose accounts these are: an account may belong to a person, to a team, or to another account. */
final class Ownership {

    private final Map<String, AccountFact> accounts = new HashMap<>();
    private final Map<String, List<String>> childTeams = new HashMap<>();
    private final Map<String, List<String>> directMembers = new HashMap<>();
    private final Map<String, Set<String>> accountableFor = new HashMap<>();
    private final Map<String, Set<String>> chains = new ConcurrentHashMap<>();

    Ownership(List<AccountFact> accounts, People people) {
        accounts.forEach(account -> this.accounts.put(account.id(), account));
        for (Team team : people.teams()) {
            if (team.parentId() != null) {
                childTeams
                        .computeIfAbsent(team.parentId(), any -> new ArrayList<>())
                        .add(team.id());
            }
        }
        for (Person person : people.all()) {
            person.teams()
                    .forEach(team -> directMembers
                            .computeIfAbsent(team, any -> new ArrayList<>())
                            .add(person.id()));
        }
        for (AccountFact account : accounts) {
            String accountable = accountable(account.id());
            if (accountable != null) {
                accountableFor
                        .computeIfAbsent(accountable, any -> new HashSet<>())
                        .add(account.id());
            }
        }
    }

    /** Every person in the chain of owners; a team stands for its members, those of nested teams too. */
    Set<String> chain(String accountId) {
        return chains.computeIfAbsent(accountId, this::walk);
    }

    /** The accounts between this one and the people it belongs to, without itself. */
    Set<String> accountsAbove(String accountId) {
        Set<String> above = new HashSet<>();
        AccountFact account = accounts.get(accountId);
        while (account != null && account.ownerId() != null && above.add(account.id())) {
            account = accounts.get(account.ownerId());
        }
        if (account != null) {
            above.add(account.id());
        }
        above.remove(accountId);
        return above;
    }

    private Set<String> walk(String accountId) {
        Set<String> found = new HashSet<>();
        Set<String> seen = new HashSet<>();
        @Nullable String current = accountId;
        while (current != null && seen.add(current)) {
            AccountFact account = accounts.get(current);
            if (account == null) {
                break;
            }
            if (account.accountableId() != null) {
                found.add(account.accountableId());
            }
            if (account.ownerId() != null && !accounts.containsKey(account.ownerId())) {
                found.addAll(peopleOf(account.ownerId()));
            }
            current = account.ownerId();
        }
        return Set.copyOf(found);
    }

    private Set<String> peopleOf(String ownerId) {
        if (ownerId.startsWith(IdPrefix.PERSON)) {
            return Set.of(ownerId);
        }
        Set<String> members = new HashSet<>();
        Set<String> seen = new HashSet<>();
        List<String> todo = new ArrayList<>(List.of(ownerId));
        while (!todo.isEmpty()) {
            String team = todo.removeLast();
            if (seen.add(team)) {
                members.addAll(directMembers.getOrDefault(team, List.of()));
                todo.addAll(childTeams.getOrDefault(team, List.of()));
            }
        }
        return members;
    }

    /** The one person who answers for the account. */
    @Nullable
    String accountable(String accountId) {
        Set<String> seen = new HashSet<>();
        @Nullable String current = accountId;
        while (current != null && seen.add(current)) {
            AccountFact account = accounts.get(current);
            if (account == null) {
                return current.startsWith(IdPrefix.PERSON) ? current : null;
            }
            if (account.accountableId() != null) {
                return account.accountableId();
            }
            current = account.ownerId();
        }
        return null;
    }

    /** The accounts this person answers for. */
    Set<String> accountableFor(String personId) {
        return accountableFor.getOrDefault(personId, Set.of());
    }
}
