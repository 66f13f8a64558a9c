package io.countersign.server.policy;

import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Indispensable;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Ways;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.policy.Chances.Group;
import io.countersign.server.policy.Chances.Member;
import io.countersign.server.policy.Chances.Somebody;
import io.countersign.server.policy.FoundWeakness.Thing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which templates nobody could meet now, or only with one certain person; each looks only at those whom it names. */
final class Quorums {

    private static final int MOST_MEMBERS = 50;

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
                            + notEnough(outlook.eligible().size())));
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

    private static String notEnough(int eligible) {
        return switch (eligible) {
            case 0 -> "nobody may approve it";
            case 1 -> "1 person may approve it, and that is not enough";
            default -> eligible + " people may approve it, and all together are not enough";
        };
    }

    /** Whether and by whom a requirement could be met now. */
    Chances chances(Requirement requirement) {
        People named = named(requirement);
        Outlook outlook = Counting.preview(requirement, named, now);
        boolean possible = outlook.furtherApprovals().isPresent();
        Ways.Count ways = possible
                ? Ways.of(
                        requirement,
                        named,
                        outlook.eligible(),
                        outlook.furtherApprovals().getAsInt())
                : new Ways.Count(0, true);
        return new Chances(
                possible,
                outlook.eligible().size(),
                possible ? (Integer) outlook.furtherApprovals().getAsInt() : null,
                ways.ways(),
                ways.exact(),
                Indispensable.of(requirement, named, outlook.eligible()).stream()
                        .map(this::somebody)
                        .toList(),
                groups(requirement, outlook.eligible()));
    }

    /** Teams that nobody is in, through nesting or directly. */
    boolean isEmpty(String teamId) {
        return !byTeam.containsKey(teamId);
    }

    private List<Group> groups(Requirement requirement, Set<String> eligible) {
        Approvers required = requirement.quorum().named();
        Approvers listed = requirement.approvers();
        List<Group> groups = new ArrayList<>();
        for (String team : both(required.teams(), listed.teams())) {
            groups.add(group("team", team, required.teams().contains(team), members(byTeam, team), eligible));
        }
        for (String role : both(required.orgRoles(), listed.orgRoles())) {
            groups.add(group("role", role, required.orgRoles().contains(role), members(byRole, role), eligible));
        }
        List<Person> people = both(required.users(), listed.users()).stream()
                .flatMap(id -> image.people().person(id).stream())
                .toList();
        if (!people.isEmpty()) {
            groups.add(group("people", "people", !required.users().isEmpty(), people, eligible));
        }
        groups.sort(Comparator.comparing(group -> !group.required()));
        return groups;
    }

    private Group group(String kind, String id, boolean required, Collection<Person> members, Set<String> eligible) {
        List<Member> shown = members.stream()
                .map(person -> member(person, eligible.contains(person.id())))
                .sorted(Comparator.comparing((Member member) -> !member.counts())
                        .thenComparing(Member::name)
                        .thenComparing(Member::id))
                .limit(MOST_MEMBERS)
                .toList();
        int counting = (int) members.stream()
                .filter(person -> eligible.contains(person.id()))
                .count();
        String name =
                kind.equals("people") ? "People by name" : image.nameOf(id).orElse(id);
        return new Group(kind, id, name, required, counting, members.size(), shown);
    }

    private Member member(Person person, boolean counts) {
        Somebody somebody = somebody(person.id());
        @Nullable String why = counts ? null : (person.active() ? Standing.VIEWER_ONLY : Standing.INACTIVE).sentence();
        return new Member(somebody.id(), somebody.handle(), somebody.name(), counts, why);
    }

    private Somebody somebody(String id) {
        Optional<Principal> principal = image.principal(id);
        return new Somebody(
                id,
                principal.map(Principal::handle).orElse(""),
                principal.map(Principal::name).or(() -> image.nameOf(id)).orElse(id));
    }

    private static Collection<Person> members(Map<String, List<Person>> index, String id) {
        return index.getOrDefault(id, List.of());
    }

    /** The required ones and the listed ones, each once. */
    private static Set<String> both(Set<String> required, Set<String> listed) {
        Set<String> all = new LinkedHashSet<>(new TreeSet<>(required));
        all.addAll(new TreeSet<>(listed));
        return all;
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
