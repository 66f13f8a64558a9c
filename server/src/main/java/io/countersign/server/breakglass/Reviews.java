package io.countersign.server.breakglass;

import io.countersign.core.approval.Execution;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.audit.BreakglassEntry.Verdict;
import io.countersign.core.breakglass.Reviewers;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StateWords;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Files reviews: a verdict for each thing that was done, by somebody who had no part in it. */
@Service
class Reviews {

    private static final Set<String> VERDICTS = Set.of("justified", "not-justified", "follow-up");

    /** A review as it is filed; one verdict for each action of the session. */
    record ReviewForm(@Nullable String summary, @Nullable List<VerdictForm> verdicts) {}

    /** What is said to one action; {@code justified}, {@code not-justified} or {@code follow-up}. */
    record VerdictForm(
            @Nullable String actionId,
            @Nullable String verdict,
            @Nullable String note) {}

    private final Rulebooks rulebooks;
    private final Credentials credentials;
    private final Approvals approvals;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AftermathStore aftermaths;
    private final AuditLog log;

    Reviews(
            Rulebooks rulebooks,
            Credentials credentials,
            Approvals approvals,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AftermathStore aftermaths,
            AuditLog log) {
        this.rulebooks = rulebooks;
        this.credentials = credentials;
        this.approvals = approvals;
        this.sessions = sessions;
        this.actions = actions;
        this.aftermaths = aftermaths;
        this.log = log;
    }

    /** Files the review of a session that is over, in the present transaction. */
    void file(Caller caller, Actor actor, String name, ReviewForm form) {
        credentials.recheck(caller);
        String orgId = caller.organizationId();
        Rulebook rulebook = rulebooks.hold(orgId);
        KeptSession kept =
                sessions.find(orgId, name).orElseThrow(() -> ProblemException.notFound("breakglass-session", name));
        Optional<Reviewers.Bar> bar = bar(kept, caller.principalId(), rulebook);
        if (bar.isPresent()) {
            throw Problem.of(403, "not-eligible", sentence(bar.get()))
                    .remedy("have it reviewed by a security manager or compliance officer who had no part in it")
                    .raise();
        }
        Instant now = sessions.now();
        if (!(BreakglassSessions.state(kept, rulebook.directory(), now) instanceof SessionState.Ended)) {
            throw ProblemException.conflict("session-not-ended", "a session is reviewed when it is over");
        }
        String summary = OpeningReader.bounded("summary", form.summary(), "say in a sentence what the review came to");
        List<Verdict> verdicts = verdicts(actions.of(orgId, kept.id()), form.verdicts());
        if (!aftermaths.insert(orgId, kept.id(), summary, caller.principalId(), now, verdicts)) {
            throw ProblemException.conflict(
                    "already-reviewed", kept.session().name() + " was reviewed; a review is not changed");
        }
        log.append(
                actor,
                new BreakglassEntry.BreakglassReviewed(kept.glass(), caller.principalId(), summary, verdicts),
                kept.id());
    }

    /** What stands against this person as a reviewer. */
    Optional<Reviewers.Bar> bar(KeptSession kept, String personId, Rulebook rulebook) {
        Set<String> roles = rulebook.directory()
                .principal(personId)
                .filter(found -> found.active() && found.asSubject().isPerson())
                .map(Principal::roles)
                .orElse(Set.of());
        return new Reviewers(kept.session().ownerId(), approvers(kept), acted(kept, rulebook)).against(personId, roles);
    }

    /** For example {@code you acted in this session}. */
    static String sentence(Reviewers.Bar bar) {
        return switch (bar) {
            case ROLE -> "only a security manager or compliance officer reviews a session";
            case OWNER -> "nobody reviews a session of his own";
            case APPROVED_OPENING -> "you approved the opening of this session";
            case ACTED -> "you acted in this session";
        };
    }

    private Set<String> approvers(KeptSession kept) {
        if (kept.requestId() == null) {
            return Set.of();
        }
        return approvals.find(kept.orgId(), kept.requestId()).stream()
                .flatMap(stored -> stored.request().votes().stream())
                .filter(vote -> vote.kind() == Vote.Kind.APPROVE)
                .map(Vote::personId)
                .collect(Collectors.toSet());
    }

    /** Who acted: as subject, as caller, as redeemer, and the people behind such an account. */
    private Set<String> acted(KeptSession kept, Rulebook rulebook) {
        Set<String> acted = new HashSet<>();
        for (BreakglassAction action : actions.of(kept.orgId(), kept.id())) {
            acted.add(action.subjectId());
            acted.add(action.callerId());
            if (action.requestId() != null) {
                approvals.find(kept.orgId(), action.requestId()).ifPresent(stored -> {
                    Execution execution =
                            StateWords.executionOf(stored.request().state());
                    if (execution != null) {
                        acted.add(execution.redeemer().id());
                    }
                });
            }
        }
        Set<String> all = new HashSet<>(acted);
        acted.forEach(id -> all.addAll(rulebook.directory().ownerChain(id)));
        return all;
    }

    private static List<Verdict> verdicts(List<BreakglassAction> actions, @Nullable List<VerdictForm> forms) {
        Map<String, VerdictForm> given = new HashMap<>();
        List<VerdictForm> all = forms == null ? List.of() : forms;
        for (int at = 0; at < all.size(); at++) {
            VerdictForm form = all.get(at);
            @Nullable String id = form == null ? null : form.actionId();
            if (id == null || actions.stream().noneMatch(action -> action.id().equals(id))) {
                throw ProblemException.badField(
                        "unknown-action", "verdicts", "there is no action `" + id + "` in this session");
            }
            if (given.put(id, form) != null) {
                throw ProblemException.badField(
                        "duplicate-id", "verdicts[" + at + "].actionId", "`" + id + "` has two verdicts");
            }
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (BreakglassAction action : actions) {
            verdicts.add(verdict(action, given.get(action.id())));
        }
        return verdicts;
    }

    private static Verdict verdict(BreakglassAction action, @Nullable VerdictForm form) {
        if (form == null) {
            throw ProblemException.badField(
                    "missing", "verdicts", "`" + action.id() + "` (" + action.action() + ") has no verdict yet");
        }
        @Nullable String word = form.verdict();
        if (word == null || !VERDICTS.contains(word)) {
            throw ProblemException.badField(
                    "unknown-word", "verdicts", "`" + word + "` is none of justified, not-justified, follow-up");
        }
        Optional<String> note = OpeningReader.optional("verdicts", form.note());
        if (note.isEmpty() && !word.equals("justified")) {
            throw ProblemException.badField("note-required", "verdicts", "`" + word + "` needs a note that says why");
        }
        return new Verdict(action.id(), action.action() + " on " + action.resourceName(), word, note.orElse(null));
    }
}
