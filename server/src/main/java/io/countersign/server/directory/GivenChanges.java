package io.countersign.server.directory;

import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.server.directory.DirectoryFacts.Given;
import io.countersign.server.directory.DirectoryFacts.PersonFact;
import io.countersign.server.directory.DirectoryFacts.TeamFact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything eligibility can rest on, by who gave it; what was given during the organization's set-up is left out. */
final class GivenChanges {

    /** One thing given: what, to whom, when. */
    private record Change(Kind kind, String holderId, String groupId, Instant at) {}

    private enum Kind {
        ACCOUNT,
        TEAM,
        ROLE,
        NESTING
    }

    private final Map<String, List<Change>> byGiver = new HashMap<>();

    GivenChanges(DirectoryFacts facts) {
        SetUp setUp = facts.setUp();
        for (PersonFact person : facts.people()) {
            if (!person.deleted()) {
                add(setUp, person.activatedBy(), new Change(Kind.ACCOUNT, person.id(), "", person.activatedAt()));
            }
        }
        for (Given member : facts.teamMembers()) {
            add(setUp, member.by(), new Change(Kind.TEAM, member.holderId(), member.groupId(), member.at()));
        }
        for (Given holder : facts.roleHolders()) {
            add(setUp, holder.by(), new Change(Kind.ROLE, holder.holderId(), holder.groupId(), holder.at()));
        }
        for (TeamFact team : facts.teams()) {
            if (!team.deleted() && team.parentId() != null) {
                add(setUp, team.parentSetBy(), new Change(Kind.NESTING, "", team.id(), team.parentSetAt()));
            }
        }
        byGiver.values()
                .forEach(
                        changes -> changes.sort(Comparator.comparing(Change::at).reversed()));
    }

    private void add(SetUp setUp, String giver, Change change) {
        if (!setUp.covers(change.at())) {
            byGiver.computeIfAbsent(giver, any -> new ArrayList<>()).add(change);
        }
    }

    /** What any of the givers gave at this instant or later. */
    OwnChanges since(Set<String> givers, Instant from) {
        Set<String> accounts = new HashSet<>();
        Set<Membership> teams = new HashSet<>();
        Set<Membership> roles = new HashSet<>();
        Set<String> nestings = new HashSet<>();
        for (String giver : givers) {
            for (Change change : byGiver.getOrDefault(giver, List.of())) {
                if (change.at().isBefore(from)) {
                    break;
                }
                switch (change.kind()) {
                    case ACCOUNT -> accounts.add(change.holderId());
                    case TEAM -> teams.add(new Membership(change.holderId(), change.groupId()));
                    case ROLE -> roles.add(new Membership(change.holderId(), change.groupId()));
                    case NESTING -> nestings.add(change.groupId());
                }
            }
        }
        return new OwnChanges(accounts, teams, roles, nestings, givers, Map.of());
    }
}
