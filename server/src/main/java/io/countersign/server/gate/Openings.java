package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Bypass;
import io.countersign.core.approval.Change;
import io.countersign.core.approval.Command;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Payload;
import io.countersign.server.approval.RequestNumbers;
import io.countersign.server.approval.RequestTitles;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.RulesSeen;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.Actor;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens requests: within the subject's limit, with the payload people will see, in the place of a superseded one. */
@Component
class Openings {

    /** Everything a new request starts from. */
    private record Opening(
            String id,
            long number,
            Ask ask,
            @Nullable Payload payload,
            @Nullable String supersedes,
            @Nullable String resubmits) {}

    private final Approvals approvals;
    private final RequestNumbers numbers;
    private final RequestTitles titles;
    private final Answers answers;

    Openings(Approvals approvals, RequestNumbers numbers, RequestTitles titles, Answers answers) {
        this.approvals = approvals;
        this.numbers = numbers;
        this.titles = titles;
        this.answers = answers;
    }

    /**
     * Opens a request, or comes to nothing because an equal one was opened at the same moment.
     *
     * @param supersedes the number of the request whose place it takes, or none
     * @param resubmits the number of the denied or expired request that is put again, or none
     */
    Judged open(
            Considered considered,
            List<Requirement> requirements,
            @Nullable Payload payload,
            @Nullable String supersedes,
            @Nullable String resubmits) {
        Opening opening = new Opening(
                Ids.next("req"),
                numbers.next(considered.ask().organizationId()),
                considered.ask(),
                payload,
                supersedes,
                resubmits);
        return open(considered.actor(), opening, requirements, considered.rulebook(), considered.now())
                .<Judged>map(fresh -> new Judged.Told(
                        answers.ofRequest(fresh, considered.rulebook().epoch(), considered.now()), true))
                .orElseGet(Judged.AskedAtOnce::new);
    }

    /**
     * Opens a request and lets it pass at once by a session; else as {@link #open}.
     *
     * @return the request, approved; nothing when an equal one was opened at the same moment
     */
    Optional<StoredRequest> openPassing(
            Considered considered,
            List<Requirement> requirements,
            @Nullable Payload payload,
            @Nullable String supersedes,
            @Nullable String resubmits,
            Bypass bypass) {
        Opening opening = new Opening(
                Ids.next("req"),
                numbers.next(considered.ask().organizationId()),
                considered.ask(),
                payload,
                supersedes,
                resubmits);
        return open(considered.actor(), opening, requirements, considered.rulebook(), considered.now())
                .map(fresh -> letPass(considered, fresh, bypass));
    }

    /** Lets a pending request pass by a session. */
    StoredRequest letPass(Considered considered, StoredRequest pending, Bypass bypass) {
        Approvals.Result result = approvals.act(
                new Act(considered.actor(), new Command.LetPass(bypass)),
                pending,
                considered.rulebook(),
                considered.now());
        ApprovalProblems.throwIfRefused(result.change(), result.stored());
        return result.stored();
    }

    private Optional<StoredRequest> open(
            Actor actor, Opening opening, List<Requirement> requirements, Rulebook rulebook, Instant now) {
        Ask ask = opening.ask();
        demandPayload(opening);
        demandWithinLimit(ask, rulebook, now);
        Place place = Doors.place(rulebook, ask);
        @Nullable StoredRequest former = opening.supersedes() == null ? null : former(opening.supersedes(), ask);
        StoredRequest fresh = new StoredRequest(
                ApprovalRequest.open(opening.id(), ask, rulebook.parties(ask), requirements, now),
                opening.number(),
                rulebook.nameOf(ask.resource()),
                projects(place),
                place.environments().stream().map(EnvironmentFacts::id).toList(),
                place.clusterId() == null ? List.of() : List.of(place.clusterId()),
                titles.of(ask, rulebook.directory()),
                former == null ? null : former.name(),
                opening.resubmits(),
                null,
                null,
                null,
                null,
                null);
        if (former != null) {
            supersede(actor, former, fresh, rulebook, now);
        }
        RulesSeen seen = new RulesSeen(
                rulebook.epoch(),
                rulebook.circumstances(fresh.request(), "", now).nextRule());
        return approvals.open(actor, fresh, rulebook, opening.payload(), Doors.openKey(ask), seen, now);
    }

    private void supersede(Actor actor, StoredRequest former, StoredRequest fresh, Rulebook rulebook, Instant now) {
        Change change = approvals
                .act(new Act(actor, new Command.Supersede(fresh.name())), former, rulebook, now)
                .change();
        ApprovalProblems.throwIfRefused(change, former);
    }

    private StoredRequest former(String name, Ask ask) {
        StoredRequest former = approvals
                .lockNamed(ask.organizationId(), name)
                .orElseThrow(() -> ApprovalProblems.notFound(name))
                .stored();
        Ask before = former.request().ask();
        if (!before.sameAim(ask)) {
            throw ProblemException.badField(
                    "not-the-same", "supersedes", "`" + name + "` is about another subject, action or resource");
        }
        return former;
    }

    private void demandPayload(Opening opening) {
        boolean known = opening.payload() != null
                || approvals.hasPayload(
                        opening.ask().organizationId(), opening.ask().digest());
        if (!known) {
            throw Problem.of(400, "payload-required", "approval is needed, and approvers must see the payload itself")
                    .remedy("send payload.text or payload.base64 instead of the digest alone")
                    .raise();
        }
    }

    private void demandWithinLimit(Ask ask, Rulebook rulebook, Instant now) {
        int limit = rulebook.directory().settings().asksPerMinute();
        long lately = approvals.openedSince(ask.organizationId(), ask.subject().id(), now.minusSeconds(60), limit);
        if (lately >= limit) {
            throw Problem.of(
                            429,
                            "too-many-requests",
                            "`" + limit + "` requests were opened for this subject within a minute")
                    .remedy("wait a minute; approvers are people")
                    .with("retryAfterSeconds", 60)
                    .raise();
        }
    }

    private static List<String> projects(Place place) {
        return Stream.concat(
                        place.projectId() == null ? Stream.empty() : Stream.of(place.projectId()),
                        place.environments().stream().map(EnvironmentFacts::projectId))
                .distinct()
                .toList();
    }
}
