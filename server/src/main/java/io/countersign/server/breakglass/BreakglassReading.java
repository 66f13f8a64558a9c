package io.countersign.server.breakglass;

import io.countersign.core.breakglass.Reviewers;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.RequestHistory;
import io.countersign.server.breakglass.BreakglassViews.ActionView;
import io.countersign.server.breakglass.BreakglassViews.BannerView;
import io.countersign.server.breakglass.BreakglassViews.Moment;
import io.countersign.server.breakglass.BreakglassViews.Moments;
import io.countersign.server.breakglass.BreakglassViews.OwnSession;
import io.countersign.server.breakglass.BreakglassViews.SessionDetail;
import io.countersign.server.breakglass.BreakglassViews.SessionView;
import io.countersign.server.breakglass.BreakglassViews.YouView;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Cursors;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Shows sessions: lists, one in full, what happened in it. */
@Service
class BreakglassReading {

    private static final int BATCH = 200;
    private static final int MOST_LOOKED_AT = 5_000;

    /** Which sessions a list shows. */
    record Filter(
            @Nullable String state,
            @Nullable String ownerId,
            @Nullable Instant from,
            @Nullable Instant to) {}

    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AftermathStore aftermaths;
    private final Reviews reviews;
    private final RequestHistory history;

    BreakglassReading(
            Rulebooks rulebooks,
            Approvals approvals,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AftermathStore aftermaths,
            Reviews reviews,
            RequestHistory history) {
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.sessions = sessions;
        this.actions = actions;
        this.aftermaths = aftermaths;
        this.reviews = reviews;
        this.history = history;
    }

    /** One reader's look at the sessions of an organization at one moment. */
    private final class Look {
        private final Caller caller;
        private final Rulebook rulebook;
        private final BreakglassPresenter presenter;
        private final Map<String, AftermathStore.Filed> filed;

        Look(Caller caller) {
            this.caller = caller;
            rulebook = rulebooks.fresh(caller.organizationId());
            presenter = new BreakglassPresenter(rulebook.directory(), sessions.now());
            filed = aftermaths.filed(caller.organizationId());
        }

        List<SessionView> views(List<KeptSession> kept) {
            Map<String, BreakglassActionStore.Uses> uses = actions.uses(
                    caller.organizationId(), kept.stream().map(KeptSession::id).toList());
            return kept.stream()
                    .map(one -> presenter.session(one, uses.get(one.id()), filed.get(one.id()), you(one)))
                    .toList();
        }

        YouView you(KeptSession kept) {
            String reader = caller.principalId();
            boolean owner = kept.session().ownerId().equals(reader);
            SessionState state = presenter.state(kept);
            boolean runs = state instanceof SessionState.Active || state instanceof SessionState.Requested;
            AftermathStore.Filed done = filed.get(kept.id());
            boolean ended = state instanceof SessionState.Ended;
            Optional<Reviewers.Bar> bar = reviews.bar(kept, reader, rulebook);
            boolean closable = ended && (done == null || done.closedAt() == null);
            boolean reviewable = ended && (done == null || done.reviewedAt() == null);
            return new YouView(
                    owner,
                    runs && (owner || BreakglassEnds.mayRevokeAny(caller, rulebook)),
                    closable && (owner || kept.closureOwnerId().equals(reader) || bar.isEmpty()),
                    reviewable && bar.isEmpty(),
                    reviewable ? bar.map(Reviews::sentence).orElse(null) : null);
        }
    }

    SessionDetail detail(Caller caller, String name) {
        KeptSession kept = find(caller, name);
        Look look = new Look(caller);
        String orgId = caller.organizationId();
        List<BreakglassAction> done = actions.of(orgId, kept.id());
        Optional<AftermathStore.Review> review = aftermaths.review(orgId, kept.id());
        List<ActionView> shown = done.stream()
                .map(action -> look.presenter.action(
                        action,
                        request(orgId, action).orElse(null),
                        review.map(given -> given.verdicts().get(action.id())).orElse(null)))
                .toList();
        return new SessionDetail(
                look.views(List.of(kept)).getFirst(),
                shown,
                aftermaths
                        .closure(orgId, kept.id())
                        .map(closure -> look.presenter.closure(kept, closure, Closures.performed(shown)))
                        .orElse(null),
                review.map(look.presenter::review).orElse(null));
    }

    Page<SessionView> page(Caller caller, Filter filter, Paging paging) {
        Look look = new Look(caller);
        Predicate<KeptSession> wanted = kept -> filter.state() == null
                || BreakglassSessions.word(look.presenter.state(kept)).equals(filter.state());
        List<KeptSession> rows = scan(caller, filter, number(paging.after()), wanted, paging.rows());
        Page<KeptSession> page =
                Page.of(rows, paging, kept -> Long.toString(kept.session().number()));
        return new Page<>(look.views(page.items()), page.nextCursor(), page.limit());
    }

    /** Sessions whose closure or review is late, the oldest first. */
    List<SessionView> overdue(Caller caller) {
        Look look = new Look(caller);
        return look.views(sessions.owing(caller.organizationId())).stream()
                .filter(view -> view.owed() != null
                        && (view.owed().closureOverdue() || view.owed().reviewOverdue()))
                .toList();
    }

    BannerView banner(Caller caller) {
        Look look = new Look(caller);
        String orgId = caller.organizationId();
        List<KeptSession> running = sessions.unended(orgId);
        List<SessionView> mine = look.views(running.stream()
                .filter(kept -> kept.session().ownerId().equals(caller.principalId()))
                .toList());
        boolean watches = BreakglassEnds.mayRevokeAny(caller, look.rulebook);
        List<KeptSession> owing = sessions.owing(orgId);
        int owed = (int) owing.stream()
                .filter(kept -> kept.session().ownerId().equals(caller.principalId())
                        || kept.closureOwnerId().equals(caller.principalId()))
                .filter(kept -> look.filed.get(kept.id()) == null
                        || look.filed.get(kept.id()).closedAt() == null)
                .count();
        return new BannerView(
                own(mine, "active"),
                own(mine, "requested"),
                watches
                        ? (Integer) (int) running.stream()
                                .filter(kept -> look.presenter.state(kept) instanceof SessionState.Active)
                                .count()
                        : null,
                owed,
                watches ? (Integer) overdue(caller).size() : null);
    }

    private static @Nullable OwnSession own(List<SessionView> mine, String state) {
        return mine.stream()
                .filter(view -> view.state().equals(state))
                .map(view -> new OwnSession(
                        view.id(), view.name(), view.incident(), view.startedAt(), view.endsAt(), view.actionsTaken()))
                .findFirst()
                .orElse(null);
    }

    Moments timeline(Caller caller, String name) {
        KeptSession kept = find(caller, name);
        Look look = new Look(caller);
        String orgId = caller.organizationId();
        List<RequestHistory.Happened> happened = new ArrayList<>(history.of(orgId, kept.id()));
        for (BreakglassAction action : actions.of(orgId, kept.id())) {
            if (action.requestId() != null) {
                happened.addAll(history.of(orgId, action.requestId()));
            }
        }
        return new Moments(happened.stream()
                .sorted(Comparator.comparing(RequestHistory.Happened::at))
                .map(one -> new Moment(
                        one.at(), one.type(), look.presenter.someone(one.actorId()), one.channel(), one.entry()))
                .toList());
    }

    Optional<StoredRequest> request(String orgId, BreakglassAction action) {
        return action.requestId() == null ? Optional.empty() : approvals.find(orgId, action.requestId());
    }

    KeptSession find(Caller caller, String name) {
        return sessions.find(caller.organizationId(), name)
                .orElseThrow(() -> ProblemException.notFound("breakglass-session", name));
    }

    /** Every session that was opened in a period, as this reader sees it; the newest first, at most 5,000. */
    List<SessionView> all(Caller caller, Instant from, Instant to) {
        Look look = new Look(caller);
        return look.views(scan(caller, new Filter(null, null, from, to), null, _ -> true, MOST_LOOKED_AT));
    }

    /** A state is derived and not stored, so pages are found by looking at sessions until enough are found. */
    private List<KeptSession> scan(
            Caller caller, Filter filter, @Nullable Long before, Predicate<KeptSession> wanted, int rows) {
        List<KeptSession> found = new ArrayList<>();
        Long last = before;
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += BATCH) {
            List<KeptSession> batch = sessions.page(
                    caller.organizationId(),
                    new BreakglassStore.Wanted(filter.ownerId(), filter.from(), filter.to(), last),
                    BATCH);
            for (KeptSession kept : batch) {
                if (wanted.test(kept) && found.size() < rows) {
                    found.add(kept);
                }
            }
            if (batch.size() < BATCH || found.size() >= rows) {
                break;
            }
            last = batch.getLast().session().number();
        }
        return found;
    }

    private static @Nullable Long number(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException malformed) {
            throw Cursors.refused();
        }
    }
}
