package io.countersign.server.directory;

import io.countersign.core.action.Subject;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who stands behind an ask, seen through accounts and through credentials that somebody else made. */
final class AskingSide {

    private final People people;
    private final Ownership ownership;
    private final Optional<String> bootstrapId;
    private final Map<String, List<String>> enrolledBy = new HashMap<>();
    private final Map<Asking, Set<String>> sides = new ConcurrentHashMap<>();

    private record Asking(
            String subjectId, String callerId, @Nullable String tokenMaker) {}

    AskingSide(People people, Ownership ownership, Optional<String> bootstrapId) {
        this.people = people;
        this.ownership = ownership;
        this.bootstrapId = bootstrapId;
        for (Person person : people.all()) {
            if (person.credentialMaker() != null) {
                enrolledBy
                        .computeIfAbsent(person.credentialMaker(), any -> new ArrayList<>())
                        .add(person.id());
            }
        }
    }

    /** The same ones ask again and again: found once for as long as the directory is what it is. */
    Set<String> of(Subject subject, Subject caller, @Nullable String tokenMaker) {
        return sides.computeIfAbsent(new Asking(subject.id(), caller.id(), tokenMaker), this::of);
    }

    /** The same side but for the bootstrap account, which is on every one. */
    Set<String> withoutBootstrap(Set<String> side) {
        Set<String> rest = new HashSet<>(side);
        bootstrapId.ifPresent(rest::remove);
        return rest;
    }

    private Set<String> of(Asking asking) {
        Set<String> start = new HashSet<>(List.of(asking.subjectId(), asking.callerId()));
        start.addAll(ownership.chain(asking.subjectId()));
        start.addAll(ownership.accountsAbove(asking.subjectId()));
        String answering = ownership.accountable(asking.callerId());
        if (answering != null) {
            start.add(answering);
        }
        if (asking.tokenMaker() != null) {
            start.add(asking.tokenMaker());
        }
        bootstrapId.ifPresent(start::add);
        return closure(start);
    }

    /** With the accounts these people answer for, and everybody whose unconfirmed credential one of them made. */
    private Set<String> closure(Set<String> start) {
        Set<String> side = new HashSet<>();
        Deque<String> todo = new ArrayDeque<>(start);
        while (!todo.isEmpty()) {
            String id = todo.pop();
            if (side.add(id)) {
                todo.addAll(ownership.accountableFor(id));
                todo.addAll(enrolledBy.getOrDefault(id, List.of()));
            }
        }
        return Set.copyOf(side);
    }

    /** Whether both credentials come, through unconfirmed ones, from the same maker. */
    boolean sharesOrigin(String personId, String otherPersonId) {
        Set<String> lineage = lineage(personId);
        return lineage(otherPersonId).stream().anyMatch(lineage::contains);
    }

    private Set<String> lineage(String personId) {
        Set<String> lineage = new HashSet<>();
        @Nullable String current = personId;
        while (current != null && lineage.add(current)) {
            current = maker(current);
        }
        return lineage;
    }

    private @Nullable String maker(String personId) {
        return people.person(personId).map(Person::credentialMaker).orElse(null);
    }
}
