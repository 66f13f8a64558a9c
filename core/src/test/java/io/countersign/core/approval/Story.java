package io.countersign.core.approval;

import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.PrincipalKind;
import io.countersign.core.action.Resource;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.action.Subject;
import io.countersign.core.policy.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request as a test tells it: who asked, what happens next, and what came of it. Rita asks, unless told otherwise. */
final class Story {

    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
    static final Subject RITA = person("rita");
    static final PayloadDigest DIGEST = PayloadDigest.of("the plan".getBytes(StandardCharsets.UTF_8));
    static final PayloadDigest OTHER_DIGEST = PayloadDigest.of("another plan".getBytes(StandardCharsets.UTF_8));
    static final ActionType DEPLOY =
            ActionCatalogue.standard().find("release.deploy").orElseThrow();
    static final Resource PRODUCTION = Resource.of(ResourceLevel.ENVIRONMENT, "env-production");

    private ApprovalRequest request;
    private Staff staff;
    private List<Requirement> inForce;
    private OwnChanges own = OwnChanges.none();
    private Optional<Instant> nextRule = Optional.empty();
    private Instant now = START;
    private int ids;
    private boolean noteRequired;

    private Story(Staff staff, Parties parties, List<Requirement> requirements) {
        this.staff = staff;
        this.inForce = requirements;
        this.request = ApprovalRequest.open("request-1", ask(parties), parties, requirements, START);
    }

    static Story of(Staff staff, Demand... demands) {
        return of(staff, askedBy(RITA), demands);
    }

    static Story of(Staff staff, Parties parties, Demand... demands) {
        return new Story(
                staff, parties, List.of(demands).stream().map(Demand::build).toList());
    }

    static Subject person(String id) {
        return new Subject(id, PrincipalKind.PERSON);
    }

    static Subject agent(String id) {
        return new Subject(id, PrincipalKind.AGENT);
    }

    static Parties askedBy(Subject subject) {
        return new Parties(subject, subject, Set.of(), null, null, Set.of());
    }

    static Ask ask(Parties parties) {
        return new Ask(
                "org-1",
                parties.subject(),
                parties.caller(),
                DEPLOY,
                PRODUCTION,
                DIGEST,
                "because",
                parties.tokenMaker(),
                parties.authors());
    }

    Story later(Duration duration) {
        now = now.plus(duration);
        return this;
    }

    Story staff(Staff changed) {
        staff = changed;
        return this;
    }

    Story inForce(Demand... demands) {
        inForce = List.of(demands).stream().map(Demand::build).toList();
        return this;
    }

    Story own(OwnChanges changes) {
        own = changes;
        return this;
    }

    Story nextRule(Instant at) {
        nextRule = Optional.of(at);
        return this;
    }

    Story organizationDemandsNotes() {
        noteRequired = true;
        return this;
    }

    Change approve(String person) {
        return vote(person, Vote.Kind.APPROVE, null, DIGEST);
    }

    Change deny(String person) {
        return vote(person, Vote.Kind.DENY, null, DIGEST);
    }

    Change vote(String person, Vote.Kind kind, @Nullable String note, PayloadDigest shown) {
        return apply(new Command.Cast("vote-" + ++ids, person, kind, note, shown, noteRequired));
    }

    Change redeem() {
        return apply(redemption("execution-1", request.ask().subject()));
    }

    Command.Redeem redemption(String executionId, Subject caller) {
        return new Command.Redeem(
                "org-1", executionId, caller, false, request.ask().subject(), DEPLOY.id(), PRODUCTION, DIGEST);
    }

    Change apply(Command command) {
        Change change = Approval.apply(request, command, circumstances());
        request = change.request();
        return change;
    }

    Circumstances circumstances() {
        return new Circumstances(staff.people(), own, inForce, nextRule, "grant-" + ++ids, now);
    }

    ApprovalRequest request() {
        return request;
    }

    RequestState state() {
        return request.stateAt(now);
    }

    Instant now() {
        return now;
    }

    Counting counting() {
        return new Counting(request, circumstances());
    }

    Tally tally(int index) {
        return counting().tally(request.requirements().get(index));
    }

    Standing standing(String person) {
        return counting().standing(person, request.requirements().getFirst());
    }

    Outlook outlook() {
        return counting().outlook(request.requirements().getFirst());
    }
}
