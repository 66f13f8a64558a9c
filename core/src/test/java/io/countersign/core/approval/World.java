package io.countersign.core.approval;

import io.countersign.core.action.Subject;
import io.countersign.core.approval.OwnChanges.Membership;
import io.countersign.core.generation.Choices;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.People;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One generated moment: a request with its votes, and the people, rules and changes around it. */
record World(ApprovalRequest request, Circumstances circumstances) {

    static final List<String> PEOPLE = List.of("ann", "bob", "cem", "dan", "eva", "fay", "gil");
    private static final List<String> TEAMS = List.of("sre", "sec", "web", "all");
    private static final List<String> ROLES = List.of("developer", "viewer", "lead");

    static World any(Choices choices) {
        Staff then = staff(choices);
        Staff now = changed(choices, then.copy());
        List<Requirement> requirements = new ArrayList<>();
        int rules = choices.between(1, 2);
        for (int i = 0; i < rules; i++) {
            requirements.add(demand(choices, "rule-" + i).build());
        }
        OwnChanges own = own(choices, requirements);
        Parties parties = parties(choices);
        ApprovalRequest opened =
                ApprovalRequest.open("request-1", Story.ask(parties), parties, requirements, Story.START);
        Instant moment = Story.START.plus(Duration.ofMinutes(10L * choices.between(1, 6)));
        Circumstances circumstances =
                new Circumstances(now.people(), own, requirements, Optional.empty(), "grant-1", moment);
        return new World(opened.withVotes(votes(choices, then, requirements, moment)), circumstances);
    }

    Counting counting() {
        return new Counting(request, circumstances);
    }

    Oracle oracle() {
        return new Oracle(request, circumstances);
    }

    World with(ApprovalRequest changed) {
        return new World(changed, circumstances);
    }

    static Staff staff(Choices choices) {
        List<String> present = PEOPLE.subList(0, choices.between(2, PEOPLE.size()));
        Staff staff = Staff.of(present.toArray(String[]::new));
        for (int i = 0; i < TEAMS.size(); i++) {
            staff.team(TEAMS.get(i));
            if (i > 0 && choices.onceIn(4)) {
                staff.below(TEAMS.get(choices.below(i)), TEAMS.get(i));
            }
            if (choices.onceIn(6)) {
                staff.notDistinct(TEAMS.get(i));
            }
        }
        for (String person : present) {
            choices.someOf(TEAMS, 2).forEach(team -> staff.join(person, team));
            if (choices.onceIn(3)) {
                staff.give(person, "lead");
            }
            if (choices.onceIn(12)) {
                staff.roles(person, "viewer");
            }
            if (choices.onceIn(10)) {
                staff.credentialFrom(person, choices.oneOf(PEOPLE));
            }
        }
        return staff;
    }

    /** Something that happens to people and teams. */
    record Happening(int kind, String person, String team) {

        void befalls(Staff staff) {
            switch (kind) {
                case 0 -> staff.leave(person, team);
                case 1 -> staff.join(person, team);
                case 2 -> staff.take(person, "lead");
                case 3 -> staff.give(person, "lead");
                case 4 -> staff.deactivate(person);
                case 5 -> staff.remove(person);
                case 6 -> staff.dissolve(team);
                default -> staff.roles(person, "viewer");
            }
        }
    }

    static Happening happening(Choices choices) {
        return new Happening(choices.below(8), choices.oneOf(PEOPLE), choices.oneOf(TEAMS));
    }

    /** As people and teams change between the votes and now. */
    private static Staff changed(Choices choices, Staff staff) {
        int changes = choices.below(4);
        for (int i = 0; i < changes; i++) {
            happening(choices).befalls(staff);
        }
        return staff;
    }

    static Demand demand(Choices choices, String rule) {
        Demand demand = Demand.by(rule)
                .users(array(choices.someOf(PEOPLE, 2)))
                .teams(array(choices.someOf(TEAMS, 2)))
                .roles(array(choices.someOf(ROLES, 2)))
                .approvals(choices.between(1, 4))
                .distinctTeams(choices.coin() ? choices.below(4) : 0)
                .requiredUsers(array(choices.someOf(PEOPLE, 16)))
                .requiredTeams(array(choices.someOf(TEAMS, 5)))
                .requiredRoles(array(choices.someOf(List.of("lead", "developer"), 4)));
        if (choices.onceIn(4)) {
            demand.requesterCanApprove();
        }
        if (choices.onceIn(3)) {
            demand.escalates(
                    Duration.ofMinutes(30),
                    new Approvers(choices.someOf(PEOPLE, 4), choices.someOf(TEAMS, 4), Set.of("lead")));
        }
        return demand;
    }

    static OwnChanges own(Choices choices, List<Requirement> requirements) {
        if (!choices.onceIn(4)) {
            return OwnChanges.none();
        }
        Set<Membership> teams = new HashSet<>();
        Set<Membership> roles = new HashSet<>();
        for (String person : PEOPLE) {
            choices.someOf(TEAMS, 8).forEach(team -> teams.add(new Membership(person, team)));
            choices.someOf(ROLES, 8).forEach(role -> roles.add(new Membership(person, role)));
        }
        Map<String, Requirement> before = new HashMap<>();
        if (choices.onceIn(4)) {
            before.put(requirements.getFirst().id(), demand(choices, "rule-0").build());
        }
        return new OwnChanges(
                choices.someOf(PEOPLE, 10), teams, roles, choices.someOf(TEAMS, 6), choices.someOf(PEOPLE, 4), before);
    }

    static Parties parties(Choices choices) {
        Subject subject = choices.onceIn(3) ? Story.agent("robot") : Story.person(choices.oneOf(PEOPLE));
        Set<String> owners = subject.isPerson() ? Set.of() : choices.someOf(PEOPLE, 4);
        if (choices.onceIn(3)) {
            Subject caller = choices.coin() ? Story.agent("git") : Story.person(choices.oneOf(PEOPLE));
            return new Parties(subject, caller, owners, choices.oneOf(PEOPLE), null, choices.someOf(PEOPLE, 6));
        }
        String tokenMaker = choices.onceIn(4) ? choices.oneOf(PEOPLE) : null;
        return new Parties(subject, subject, owners, null, tokenMaker, choices.someOf(PEOPLE, 6));
    }

    private static List<Vote> votes(Choices choices, Staff then, List<Requirement> requirements, Instant now) {
        People people = then.people();
        List<Vote> votes = new ArrayList<>();
        for (Person person : people.all()) {
            if (choices.onceIn(3)) {
                votes.add(new Vote(
                        "vote-" + person.id(),
                        person.id(),
                        Vote.Kind.APPROVE,
                        null,
                        choices.onceIn(15) ? Story.OTHER_DIGEST : Story.DIGEST,
                        now.minus(Duration.ofMinutes(10L * choices.below(3))),
                        person.teams(),
                        people.teamsOf(person),
                        person.orgRoles(),
                        Set.of(requirements.getFirst().id())));
            }
        }
        return votes;
    }

    private static String[] array(Set<String> ids) {
        return ids.toArray(String[]::new);
    }
}
