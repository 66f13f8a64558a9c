package io.countersign.server.breakglass;

import io.countersign.core.approval.Vote;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StateWords;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.breakglass.BreakglassViews.EmergencyChange;
import io.countersign.server.breakglass.BreakglassViews.ScopeThing;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows every change that an emergency was the reason for: by break-glass, and by emergency workflows. */
@Service
class EmergencyChanges {

    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final BreakglassReading reading;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AftermathStore aftermaths;
    private final EmergencyChangeStore changes;

    EmergencyChanges(
            Rulebooks rulebooks,
            Approvals approvals,
            BreakglassReading reading,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AftermathStore aftermaths,
            EmergencyChangeStore changes) {
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.reading = reading;
        this.sessions = sessions;
        this.actions = actions;
        this.aftermaths = aftermaths;
        this.changes = changes;
    }

    Page<EmergencyChange> page(Caller caller, @Nullable Instant from, @Nullable Instant to, Paging paging) {
        String orgId = caller.organizationId();
        Instant now = sessions.now();
        BreakglassPresenter presenter =
                new BreakglassPresenter(rulebooks.fresh(orgId).directory(), now);
        String before = paging.after().isEmpty() ? null : paging.after();
        Page<EmergencyChangeStore.Found> page =
                Page.of(changes.latest(orgId, from, to, before, paging.rows()), paging, EmergencyChangeStore.Found::id);
        return page.map(found -> found.sessionId() == null
                ? ofWorkflow(approvals.find(orgId, found.id()).orElseThrow(), presenter, now)
                : ofSession(orgId, actions.find(orgId, found.sessionId(), found.id()), presenter, now));
    }

    private EmergencyChange ofSession(
            String orgId, BreakglassAction action, BreakglassPresenter presenter, Instant now) {
        KeptSession kept = sessions.find(orgId, action.sessionId()).orElseThrow();
        StoredRequest request = reading.request(orgId, action).orElse(null);
        return new EmergencyChange(
                action.id(),
                "break-glass",
                action.at(),
                kept.session().name(),
                kept.session().incident(),
                kept.session().reason(),
                presenter.someone(action.subjectId()),
                presenter.action(action.action()),
                BreakglassPresenter.thing(action),
                request == null ? null : request.name(),
                request == null ? null : StateWords.of(request.request().stateAt(now)),
                BreakglassPresenter.outcome(request),
                approvers(request, presenter),
                BreakglassPresenter.bypassed(request),
                aftermaths
                        .review(orgId, kept.id())
                        .map(review -> review.verdicts().get(action.id()))
                        .map(AftermathStore.GivenVerdict::verdict)
                        .orElse(null));
    }

    private static EmergencyChange ofWorkflow(StoredRequest stored, BreakglassPresenter presenter, Instant now) {
        var request = stored.request();
        var resource = request.ask().resource();
        return new EmergencyChange(
                request.id(),
                "emergency-workflow",
                request.firstOpenedAt(),
                null,
                null,
                request.ask().reason(),
                presenter.someone(request.ask().subject().id()),
                presenter.action(request.ask().action().id()),
                new ScopeThing(resource.level().name().toLowerCase(Locale.ROOT), resource.id(), stored.resourceName()),
                stored.name(),
                StateWords.of(request.stateAt(now)),
                BreakglassPresenter.outcome(stored),
                approvers(stored, presenter),
                List.of(),
                null);
    }

    private static List<BreakglassViews.Someone> approvers(
            @Nullable StoredRequest stored, BreakglassPresenter presenter) {
        return stored == null
                ? List.of()
                : stored.request().votes().stream()
                        .filter(vote -> vote.kind() == Vote.Kind.APPROVE)
                        .map(vote -> presenter.someone(vote.personId()))
                        .toList();
    }
}
