package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.OwnChanges;
import io.countersign.core.approval.Parties;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.policy.PolicyImage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

    /** The epoch both sides were read at. */
    public long epoch() {
        return directory.epoch();
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
        Optional<Instant> since = directory.ownChangesSince(askedAt);
        List<BoundTemplate> rules = since.isEmpty()
                ? policies.inForce()
                : policies.rulesFor(directory.side(ask.subject(), ask.caller()), since.get());
        return resolve(rules, ask.action(), place, now);
    }

    /** Which rules in force apply to an action at a place, whoever asks. */
    public Resolution resolve(ActionType action, Place place, Instant now) {
        return resolve(policies.inForce(), action, place, now);
    }

    /** The world in which a command on this request is judged. */
    public Circumstances circumstances(ApprovalRequest request, String grantId, Instant now) {
        Ask ask = request.ask();
        Instant askedAt = request.firstOpenedAt();
        Optional<Place> place = directory.place(ask.resource());
        List<Requirement> inForce = List.of();
        Optional<Instant> nextRule = Optional.empty();
        if (place.isPresent()) {
            Resolution resolution = resolve(ask, place.get(), askedAt, now);
            inForce = resolution.requirements();
            nextRule = resolution.nextToApply(now, directory.settings().zone());
        }
        return new Circumstances(
                directory.people(), ownChanges(request, inForce, askedAt), inForce, nextRule, grantId, now);
    }

    private OwnChanges ownChanges(ApprovalRequest request, List<Requirement> inForce, Instant askedAt) {
        Set<String> side =
                directory.side(request.ask().subject(), request.ask().caller());
        OwnChanges changes = directory.ownChanges(side, askedAt);
        Optional<Instant> since = directory.ownChangesSince(askedAt);
        if (since.isEmpty()) {
            return changes;
        }
        List<Requirement> all = java.util.stream.Stream.concat(request.requirements().stream(), inForce.stream())
                .toList();
        return new OwnChanges(
                changes.accounts(),
                changes.teams(),
                changes.roles(),
                changes.nestings(),
                changes.makers(),
                policies.approversBefore(all, side, since.get()));
    }

    private Resolution resolve(List<BoundTemplate> rules, ActionType action, Place place, Instant now) {
        return Resolution.of(rules, action, place, now, directory.settings().zone());
    }
}
