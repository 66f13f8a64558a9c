package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Subject;
import io.countersign.core.approval.Outlook;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.Parties;
import io.countersign.core.approval.Prospect;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.server.directory.DirectoryImage;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who could approve what the tried rules demand, by the people and teams of now. What an asking side takes away is worked
 * out only for those who could approve at all, and once for all asks of equal sides.
 */
final class ReplayProspects {

    private static final int MOST_REMEMBERED = 20_000;
    private static final int MOST_NAMED = 10;

    /**
     * Who could approve one requirement of one ask.
     *
     * @param fewest the smallest number of approvals that meets it, or nothing when all together could not
     * @param first some of the eligible people, in the order of their ids
     */
    record Prospects(Requirement requirement, int eligible, OptionalInt fewest, List<String> first) {
        boolean unmeetable() {
            return fewest.isEmpty();
        }

        static Prospects of(Requirement requirement, Outlook outlook) {
            return new Prospects(
                    requirement,
                    outlook.eligible().size(),
                    outlook.furtherApprovals(),
                    outlook.eligible().stream().sorted().limit(MOST_NAMED).toList());
        }
    }

    /** What of an asking side matters to the people who may approve a requirement. */
    private record Side(
            Subject subject,
            Subject caller,
            Set<String> owners,
            @Nullable String accountable,
            @Nullable String tokenMaker,
            Set<String> authors,
            @Nullable OwnChanges own) {}

    private record Asked(String requirementId, Side side) {}

    /** One requirement with those who may approve it when an outsider asks. */
    private record Electors(Prospects prospects, People people, Set<String> ids, Set<String> credentialMakers) {}

    private final DirectoryImage image;
    private final Map<String, Electors> electors = new HashMap<>();
    private final Map<Asked, Prospects> remembered = new ConcurrentHashMap<>();

    ReplayProspects(DirectoryImage image, List<BoundTemplate> tried, Instant now) {
        this.image = image;
        for (BoundTemplate rule : tried) {
            Requirement requirement = rule.requirement();
            electors.put(requirement.id(), electors(requirement, now));
        }
    }

    private Electors electors(Requirement requirement, Instant now) {
        Outlook outlook = Prospect.of(requirement, image.people(), now);
        List<Person> persons = image.people().all().stream()
                .filter(person -> outlook.eligible().contains(person.id()))
                .toList();
        return new Electors(
                Prospects.of(requirement, outlook),
                new People(persons, image.people().teams()),
                outlook.eligible(),
                persons.stream()
                        .map(Person::credentialMaker)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    /** Who could have approved this requirement of an ask by these parties. */
    Prospects of(Requirement requirement, Ask ask, Parties parties, Instant at) {
        Electors electors = Objects.requireNonNull(this.electors.get(requirement.id()));
        OwnChanges own = image.ownChanges(image.side(ask), at);
        boolean ownMatter = matter(own, electors);
        Side side = new Side(
                parties.subject(),
                parties.caller(),
                among(electors, parties.owners()),
                among(electors, parties.accountable()),
                among(electors, parties.tokenMaker()),
                among(electors, parties.authors()),
                ownMatter ? own : null);
        if (!ownMatter && touchesNobody(electors, side)) {
            return electors.prospects();
        }
        Asked asked = new Asked(requirement.id(), side);
        Prospects known = remembered.get(asked);
        if (known != null) {
            return known;
        }
        Prospects found = Prospects.of(
                requirement,
                Prospect.of(requirement, ask, parties, ownMatter ? own : OwnChanges.none(), electors.people(), at));
        if (remembered.size() < MOST_REMEMBERED) {
            remembered.put(asked, found);
        }
        return found;
    }

    private static boolean touchesNobody(Electors electors, Side side) {
        return !electors.ids().contains(side.subject().id())
                && !electors.ids().contains(side.caller().id())
                && side.owners().isEmpty()
                && side.accountable() == null
                && side.tokenMaker() == null
                && side.authors().isEmpty();
    }

    private static boolean matter(OwnChanges own, Electors electors) {
        return !own.nestings().isEmpty()
                || own.accounts().stream().anyMatch(electors.ids()::contains)
                || own.teams().stream().anyMatch(given -> electors.ids().contains(given.personId()))
                || own.roles().stream().anyMatch(given -> electors.ids().contains(given.personId()))
                || electors.credentialMakers().stream().anyMatch(own.makers()::contains);
    }

    private static Set<String> among(Electors electors, Set<String> ids) {
        Set<String> some = new HashSet<>(ids);
        some.retainAll(electors.ids());
        return some;
    }

    private static @Nullable String among(Electors electors, @Nullable String id) {
        return id != null && electors.ids().contains(id) ? id : null;
    }
}
