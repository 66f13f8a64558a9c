package io.countersign.server.policy;

import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Indispensable;
import io.countersign.core.approval.Outlook;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.policy.FoundWeakness.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which templates nobody could meet now, or only with one certain person; each looks only at those whom it names. */
final class Quorums {

    private final DirectoryImage image;
    private final Instant now;
    private final Map<String, List<Person>> byTeam = new HashMap<>();
    private final Map<String, List<Person>> byRole = new HashMap<>();

    Quorums(DirectoryImage image, Instant now) {
        this.image = image;
        this.now = now;
        for (Person person : image.people().all()) {
            for (String team : image.people().teamsOf(person)) {
                byTeam.computeIfAbsent(team, any -> new ArrayList<>()).add(person);
            }
            for (String role : person.orgRoles()) {
                byRole.computeIfAbsent(role, any -> new ArrayList<>()).add(person);
            }
        }
    }

    void find(BoundTemplate rule, List<FoundWeakness> found) {
        Requirement requirement = rule.requirement();
        People named = named(requirement);
        Outlook outlook = Counting.preview(requirement, named, now);
        Thing template = Thing.template(rule.template().id(), requirement.name());
        if (outlook.unsatisfiable()) {
            found.add(new FoundWeakness(
                    FindingCode.CANNOT_BE_MET,
                    template,
                    null,
                    "nobody could meet `" + requirement.name() + "` now: "
                            + outlook.eligible().size() + " people may approve, and all together do not satisfy it"));
            return;
        }
        for (String id : Indispensable.of(requirement, named, outlook.eligible())) {
            String name = image.nameOf(id).orElse(id);
            found.add(new FoundWeakness(
                    FindingCode.SINGLE_POINT_OF_FAILURE,
                    template,
                    Thing.person(id, name),
                    "without `" + name + "` nobody could meet `" + requirement.name() + "`"));
        }
    }

    /** Teams that nobody is in, through nesting or directly. */
    boolean isEmpty(String teamId) {
        return !byTeam.containsKey(teamId);
    }

    /** Everybody the requirement could mean. */
    private People named(Requirement requirement) {
        Set<Person> persons = new LinkedHashSet<>();
        for (Approvers some :
                List.of(requirement.approvers(), requirement.quorum().named())) {
            some.users().forEach(id -> image.people().person(id).ifPresent(persons::add));
            some.teams().forEach(id -> persons.addAll(byTeam.getOrDefault(id, List.of())));
            some.orgRoles().forEach(id -> persons.addAll(byRole.getOrDefault(id, List.of())));
        }
        return new People(persons, image.people().teams());
    }
}
