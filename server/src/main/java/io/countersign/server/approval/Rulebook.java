package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.approval.Approval;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.Parties;
import io.countersign.core.approval.Refusal;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Person;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Permission;
import io.countersign.server.policy.PolicyImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** People and rules of one organization at one epoch, put together to judge asks and requests. */
public final class Rulebook {

    private final DirectoryImage directory;
    private final PolicyImage policies;

    public Rulebook(DirectoryImage directory, PolicyImage policies) {
        this.directory = directory;
        this.policies = policies;
    }

    /** The people side of it. */
    public DirectoryImage directory() {
        return directory;
    }

    /** A resource in people's words, for example {@code payments/production}. */
    public String nameOf(Resource resource) {
        return directory.nameOf(resource.id()).orElse(resource.id());
    }

    /** The epoch both sides were read at. */
    public long epoch() {
        return directory.epoch();
    }

    /** The epoch at which the rules last changed. */
    public long rulesEpoch() {
        return policies.changedAt();
    }

    /**
     * Who answers for the rule behind a requirement: the author of its latest version; where he has left or the rule is
     * gone, everybody who may change rules.
     */
    public Set<String> answerableFor(Requirement requirement) {
        List<PolicyImage.SavedVersion> versions =
                policies.versions().getOrDefault(requirement.source().ruleId(), List.of());
        if (!versions.isEmpty() && isActivePerson(versions.getLast().author())) {
            return Set.of(versions.getLast().author());
        }
        return directory.people().all().stream()
                .filter(person -> person.active() && directory.holds(person.id(), Permission.POLICY_WRITE))
                .map(Person::id)
                .collect(Collectors.toSet());
    }

    private boolean isActivePerson(String id) {
        return directory.people().person(id).filter(Person::active).isPresent();
    }

    /** Everybody on the asking side. */
    public Parties parties(Ask ask) {
        return new Parties(
                ask.subject(),
                ask.caller(),
                directory.ownerChain(ask.subject().id()),
                ask.onBehalf() ? directory.accountable(ask.caller().id()) : null,
                ask.tokenMaker(),
                ask.authors());
    }

    /**
     * Which rules apply now to an ask made at a moment: those in force, and those its own side removed or rewritten
     * shortly before.
     */
    public Resolution resolve(Ask ask, Place place, Instant askedAt, Instant now) {
        return resolve(ask, directory.side(ask), place, askedAt, now);
    }

    private Resolution resolve(Ask ask, Set<String> side, Place place, Instant askedAt, Instant now) {
        List<BoundTemplate> rules = policies.rulesFor(side, directory.ownChangesSince(side, askedAt));
        return Resolution.of(rules, ask.action(), place, now, directory.zones(side, askedAt));
    }

    /** Which rules in force apply to an action at a place, whoever asks. */
    public Resolution resolve(ActionType action, Place place, Instant now) {
        return Resolution.of(
                policies.inForce(), action, place, now, directory.settings().zone());
    }

    /** The world in which a command on this request is judged. */
    public Circumstances circumstances(ApprovalRequest request, String grantId, Instant now) {
        Ask ask = request.ask();
        Set<String> side = directory.side(ask);
        Instant askedAt = request.firstOpenedAt();
        Optional<Place> place = directory.place(ask.resource());
        List<Requirement> inForce = List.of();
        Optional<Instant> nextRule = Optional.empty();
        if (place.isPresent()) {
            Resolution resolution = resolve(ask, side, place.get(), askedAt, now);
            inForce = resolution.requirements();
            Set<String> carried =
                    request.requirements().stream().map(Requirement::id).collect(Collectors.toSet());
            nextRule = resolution.nextToApply(now, directory.zones(side, askedAt), carried);
        }
        return new Circumstances(
                directory.people(), ownChanges(request, side, inForce), inForce, nextRule, grantId, now);
    }

    /**
     * Whether a person would be eligible for the vote if the bootstrap account, which is on every requester's side, had changed
     * nothing.
     */
    boolean bootstrapKeepsOut(ApprovalRequest request, Command.Cast cast, Circumstances judged) {
        Set<String> side = directory.side(request.ask());
        OwnChanges others = directory
                .ownChangesWithoutBootstrap(side, request.firstOpenedAt())
                .withRulesBefore(judged.own().rulesBefore());
        Circumstances without = new Circumstances(
                judged.people(), others, judged.inForce(), judged.nextRule(), judged.grantId(), judged.now());
        return !(Approval.apply(request, cast, without).refusal() instanceof Refusal.NotEligible);
    }

    /** The world in which a request that is over is read: no rule is added to it any more. */
    Circumstances afterwards(ApprovalRequest request, Instant now) {
        Set<String> side = directory.side(request.ask());
        return new Circumstances(
                directory.people(), ownChanges(request, side, List.of()), List.of(), Optional.empty(), "", now);
    }

    private OwnChanges ownChanges(ApprovalRequest request, Set<String> side, List<Requirement> inForce) {
        Instant since = directory.ownChangesSince(side, request.firstOpenedAt());
        List<Requirement> all =
                Stream.concat(request.requirements().stream(), inForce.stream()).toList();
        return directory
                .ownChanges(side, request.firstOpenedAt())
                .withRulesBefore(policies.rulesBefore(all, side, since));
    }
}
