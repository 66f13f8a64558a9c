package io.countersign.server.approval;

import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Standing;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Team;
import io.countersign.server.approval.StandingsApi.Path;
import io.countersign.server.approval.StandingsApi.PersonStanding;
import io.countersign.server.approval.StandingsApi.RequirementStanding;
import io.countersign.server.approval.StandingsApi.Step;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.DirectoryImage.GivenBy;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Tells why one person can or cannot approve one request: the rule that keeps him out, or the way he got in. */
@Service
class Standings {

    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final Inbox inbox;

    Standings(Rulebooks rulebooks, Approvals approvals, Inbox inbox) {
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.inbox = inbox;
    }

    PersonStanding of(Caller caller, String request, String person) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        DirectoryImage directory = rulebook.directory();
        StoredRequest stored =
                approvals.find(caller.organizationId(), request).orElseThrow(() -> ApprovalProblems.notFound(request));
        String personId = directory.personId(person).orElseThrow(() -> ProblemException.notFound("person", person));
        Instant now = approvals.now();
        Inbox.Row row = inbox.row(rulebook, personId, stored, now);
        Counting counting = new Counting(stored.request(), row.circumstances());
        Wording words = new Wording(directory);
        return new PersonStanding(
                words.who(personId),
                row.canApprove(),
                sentence(row, words.who(personId).name()),
                stored.request().requirements().stream()
                        .map(requirement -> one(stored.request(), requirement, personId, counting, words, now))
                        .toList());
    }

    private static String sentence(Inbox.Row row, String name) {
        return row.whyNot() == null
                ? name + " can approve " + row.stored().name() + " now."
                : name + " cannot approve " + row.stored().name() + " now: "
                        + ApprovalProblems.of(row.whyNot(), row.stored()).code().replace('-', ' ') + ".";
    }

    private static RequirementStanding one(
            ApprovalRequest request,
            Requirement requirement,
            String personId,
            Counting counting,
            Wording words,
            Instant now) {
        Standing standing = counting.standing(personId, requirement);
        String name = words.who(personId).name();
        return new RequirementStanding(
                requirement.id(),
                requirement.name(),
                standing == Standing.ELIGIBLE,
                WhyWords.code(standing),
                name + " " + standing.sentence(),
                paths(listed(request, requirement, now), personId, words));
    }

    /** Everybody the requirement names in any way at this moment. */
    private static Approvers listed(ApprovalRequest request, Requirement requirement, Instant now) {
        List<Approvers> all = new ArrayList<>(
                List.of(requirement.approvers(), requirement.quorum().named()));
        if (requirement.escalation() != null && requirement.escalated(request.firstOpenedAt(), now)) {
            all.add(requirement.escalation().approvers());
        }
        return new Approvers(
                joined(all.stream().map(Approvers::users)),
                joined(all.stream().map(Approvers::teams)),
                joined(all.stream().map(Approvers::orgRoles)));
    }

    private static Set<String> joined(Stream<Set<String>> sets) {
        Set<String> all = new HashSet<>();
        sets.forEach(all::addAll);
        return all;
    }

    /** Every way by which the person is among those listed. */
    private static List<Path> paths(Approvers listed, String personId, Wording words) {
        DirectoryImage directory = words.directory();
        List<Path> paths = new ArrayList<>();
        if (listed.users().contains(personId)) {
            paths.add(new Path("name", words.name(personId), List.of()));
        }
        Optional<Person> person = directory.people().person(personId);
        for (String direct : person.map(Person::teams).orElse(Set.of())) {
            teamPath(direct, listed.teams(), personId, words).ifPresent(paths::add);
        }
        for (String role : person.map(Person::orgRoles).orElse(Set.of())) {
            if (listed.orgRoles().contains(role)) {
                paths.add(new Path(
                        "role",
                        words.name(role),
                        List.of(step(words.name(role), directory.roleSince(personId, role), words))));
            }
        }
        return paths;
    }

    /** From a team he is in himself up to the first one that is listed. */
    private static Optional<Path> teamPath(String direct, Set<String> listed, String personId, Wording words) {
        DirectoryImage directory = words.directory();
        List<Step> steps = new ArrayList<>();
        steps.add(step(words.name(direct), directory.memberSince(personId, direct), words));
        Set<String> seen = new HashSet<>();
        @Nullable String at = direct;
        while (at != null && seen.add(at)) {
            if (listed.contains(at)) {
                return Optional.of(new Path("team", words.name(at), steps));
            }
            Optional<GivenBy> nested = directory.nestedSince(at);
            at = directory.people().team(at).map(Team::parentId).orElse(null);
            if (at != null) {
                steps.add(step(words.name(at), nested, words));
            }
        }
        return Optional.empty();
    }

    private static Step step(String into, Optional<GivenBy> given, Wording words) {
        return new Step(
                into,
                given.map(GivenBy::by).map(words::who).orElse(null),
                given.map(GivenBy::at).orElse(null));
    }
}
