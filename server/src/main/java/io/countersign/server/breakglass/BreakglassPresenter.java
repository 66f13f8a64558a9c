package io.countersign.server.breakglass;

import io.countersign.core.action.ActionType;
import io.countersign.core.approval.Bypassed;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.RequestState;
import io.countersign.core.breakglass.Aftermath;
import io.countersign.core.breakglass.SessionScope;
import io.countersign.core.breakglass.SessionState;
import io.countersign.core.policy.Requirement;
import io.countersign.server.approval.StateWords;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.breakglass.BreakglassViews.ActionView;
import io.countersign.server.breakglass.BreakglassViews.BypassedRule;
import io.countersign.server.breakglass.BreakglassViews.ClosureView;
import io.countersign.server.breakglass.BreakglassViews.GateRef;
import io.countersign.server.breakglass.BreakglassViews.OwedView;
import io.countersign.server.breakglass.BreakglassViews.ReviewView;
import io.countersign.server.breakglass.BreakglassViews.ScopeAction;
import io.countersign.server.breakglass.BreakglassViews.ScopeThing;
import io.countersign.server.breakglass.BreakglassViews.ScopeView;
import io.countersign.server.breakglass.BreakglassViews.SessionView;
import io.countersign.server.breakglass.BreakglassViews.Someone;
import io.countersign.server.breakglass.BreakglassViews.YouView;
import io.countersign.server.directory.BreakglassRules;
import io.countersign.server.directory.DirectoryImage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts sessions into the shapes people read, with names for ids. */
final class BreakglassPresenter {

    private final DirectoryImage directory;
    private final Instant now;

    BreakglassPresenter(DirectoryImage directory, Instant now) {
        this.directory = directory;
        this.now = now;
    }

    SessionState state(KeptSession kept) {
        return BreakglassSessions.state(kept, directory, now);
    }

    SessionView session(
            KeptSession kept,
            BreakglassActionStore.@Nullable Uses uses,
            AftermathStore.@Nullable Filed filed,
            YouView you) {
        SessionState state = state(kept);
        SessionState.@Nullable Ended ended = state instanceof SessionState.Ended over ? over : null;
        return new SessionView(
                kept.id(),
                kept.session().name(),
                BreakglassSessions.word(state),
                someone(kept.session().ownerId()),
                kept.session().reason(),
                kept.session().incident(),
                someone(kept.closureOwnerId()),
                scope(kept.session().scope()),
                kept.session().duration(),
                kept.openedAt(),
                kept.requestId() == null ? null : new GateRef(kept.requestId(), String.valueOf(kept.requestNumber())),
                started(state),
                state instanceof SessionState.Active active ? active.end() : null,
                ended == null ? null : ended.end(),
                why(state),
                kept.endBy() == null || state instanceof SessionState.Active ? null : someone(kept.endBy()),
                kept.endNote(),
                ended == null ? null : ended.lasted(),
                uses == null ? 0 : uses.count(),
                uses == null ? null : uses.last(),
                ended == null ? null : owed(ended, filed),
                you);
    }

    OwedView owed(SessionState.Ended ended, AftermathStore.@Nullable Filed filed) {
        BreakglassRules rules = directory.settings().breakglass();
        Aftermath aftermath = new Aftermath(
                ended.end(), filed == null ? null : filed.closedAt(), filed == null ? null : filed.reviewedAt());
        return new OwedView(
                ended.end().plus(rules.closureAfter()),
                aftermath.closedAt(),
                aftermath.closureOverdue(rules.closureAfter(), now),
                ended.end().plus(rules.reviewAfter()),
                aftermath.reviewedAt(),
                aftermath.reviewOverdue(rules.reviewAfter(), now));
    }

    ActionView action(
            BreakglassAction action, @Nullable StoredRequest request, AftermathStore.@Nullable GivenVerdict verdict) {
        return new ActionView(
                action.id(),
                action.at(),
                someone(action.subjectId()),
                someone(action.callerId()),
                action(action.action()),
                thing(action),
                action.digest(),
                action.reason(),
                request == null ? null : request.name(),
                request == null ? null : StateWords.of(request.request().stateAt(now)),
                outcome(request),
                bypassed(request),
                verdict == null ? null : verdict.verdict(),
                verdict == null ? null : verdict.note());
    }

    ClosureView closure(KeptSession kept, AftermathStore.Closure closure, List<String> actions) {
        return new ClosureView(
                closure.incident(),
                closure.reasonUsed(),
                actions,
                state(kept) instanceof SessionState.Ended ended ? ended.end() : closure.filedAt(),
                closure.remarks(),
                closure.preventiveAction(),
                someone(closure.preventiveOwnerId()),
                closure.preventiveDue(),
                closure.evidence(),
                someone(closure.filedBy()),
                closure.filedAt());
    }

    ReviewView review(AftermathStore.Review review) {
        return new ReviewView(review.summary(), someone(review.reviewedBy()), review.reviewedAt());
    }

    Someone someone(String id) {
        return directory
                .principal(id)
                .map(found -> new Someone(found.id(), found.handle(), found.name()))
                .orElseGet(() -> new Someone(id, id, id));
    }

    ScopeView scope(SessionScope scope) {
        return new ScopeView(
                scope.actions().stream().sorted().map(this::action).toList(),
                scope.targets().stream()
                        .map(target -> new ScopeThing(
                                target.level().name().toLowerCase(Locale.ROOT), target.id(), nameOf(target.id())))
                        .sorted(Comparator.comparing(ScopeThing::type).thenComparing(ScopeThing::name))
                        .toList(),
                scope.isWide());
    }

    ScopeAction action(String id) {
        return directory
                .actions()
                .find(id)
                .map(BreakglassPresenter::action)
                .orElseGet(() -> new ScopeAction(id, id, ""));
    }

    private static ScopeAction action(ActionType type) {
        return new ScopeAction(type.id(), type.title(), type.risk().name().toLowerCase(Locale.ROOT));
    }

    static ScopeThing thing(BreakglassAction action) {
        return new ScopeThing(action.resourceType(), action.resourceId(), action.resourceName());
    }

    String nameOf(String id) {
        return id.equals(directory.organizationId())
                ? directory.settings().handle()
                : directory.nameOf(id).orElse(id);
    }

    /** The rules a request passed by break-glass, and what each would have needed. */
    static List<BypassedRule> bypassed(@Nullable StoredRequest stored) {
        Grant grant =
                stored == null ? null : StateWords.grantOf(stored.request().state());
        Bypassed bypassed = grant == null ? null : grant.bypassed();
        if (stored == null || bypassed == null) {
            return List.of();
        }
        Set<String> ids = bypassed.requirements();
        return stored.request().requirements().stream()
                .filter(requirement -> ids.contains(requirement.id()))
                .map(BreakglassPresenter::rule)
                .toList();
    }

    private static BypassedRule rule(Requirement requirement) {
        return new BypassedRule(
                requirement.source().ruleId(), requirement.source().version(), requirement.name(), needed(requirement));
    }

    /** For example {@code 2 approvals from 2 teams}. */
    static String needed(Requirement requirement) {
        int approvals = requirement.quorum().minApprovals();
        return approvals == 1 ? "1 approval" : approvals + " approvals";
    }

    static @Nullable String outcome(@Nullable StoredRequest stored) {
        return stored != null && stored.request().state() instanceof RequestState.Executed executed
                ? BreakglassStore.word(executed.outcome().result())
                : null;
    }

    private static @Nullable Instant started(SessionState state) {
        return switch (state) {
            case SessionState.Active active -> active.start();
            case SessionState.Ended ended -> ended.start();
            case SessionState.Requested _, SessionState.NotOpened _ -> null;
        };
    }

    private static @Nullable String why(SessionState state) {
        return switch (state) {
            case SessionState.Ended ended -> BreakglassStore.word(ended.cause());
            case SessionState.NotOpened refused -> refused.why();
            case SessionState.Requested _, SessionState.Active _ -> null;
        };
    }
}
