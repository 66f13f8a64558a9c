package io.countersign.server.approval;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.approval.FollowUpStore.FollowUp;
import io.countersign.server.approval.FollowUpStore.Mark;
import io.countersign.server.approval.FollowUpStore.Wanted;
import io.countersign.server.approval.FollowUpViews.FollowUpForm;
import io.countersign.server.approval.FollowUpViews.FollowUpView;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Cursors;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What approvers ask to be done after a request: made with a vote or later by a voter, done once, and written down. */
@Service
class FollowUps {

    /** So many one person may make for one request. */
    static final int MOST = 10;

    private static final int LONGEST = 1_000;
    private static final int YEARS_AHEAD = 2;

    private final FollowUpStore store;
    private final Approvals approvals;
    private final Rulebooks rulebooks;
    private final Credentials credentials;
    private final TransactionTemplate transactions;
    private final AuditLog log;

    FollowUps(
            FollowUpStore store,
            Approvals approvals,
            Rulebooks rulebooks,
            Credentials credentials,
            TransactionTemplate transactions,
            AuditLog log) {
        this.store = store;
        this.approvals = approvals;
        this.rulebooks = rulebooks;
        this.credentials = credentials;
        this.transactions = transactions;
        this.log = log;
    }

    /** Makes those that came with a vote, in the transaction of the vote. */
    void make(Actor actor, StoredRequest stored, List<FollowUpForm> forms, Instant now) {
        if (forms.isEmpty()) {
            return;
        }
        DirectoryImage directory = rulebooks.hold(actor.organizationId()).directory();
        Vote vote = stored.request().votes().stream()
                .filter(cast -> cast.personId().equals(actor.principalId()))
                .findFirst()
                .orElseThrow(() -> ProblemException.forbidden(
                        "not-yours",
                        "only who has voted on " + stored.name() + " asks for something to be done after it"));
        String requestId = stored.request().id();
        long there = store.count(actor.organizationId(), requestId, actor.principalId());
        if (there + forms.size() > MOST) {
            throw ProblemException.badField(
                    "too-many", "followUps", "one person makes at most " + MOST + " follow-ups for a request");
        }
        for (int i = 0; i < forms.size(); i++) {
            FollowUp made = read(forms.get(i), "followUps[" + i + "]", actor, stored, vote.id(), directory, now);
            store.insert(actor.organizationId(), made);
            log.append(
                    actor,
                    new ApprovalEntry.FollowUpMade(
                            stored.name(),
                            made.id(),
                            made.text(),
                            made.ownerId(),
                            made.dueOn().toString(),
                            made.voteId()),
                    requestId);
        }
    }

    /** Makes further ones after the vote. */
    void add(Caller caller, Actor actor, String name, List<FollowUpForm> forms) {
        transactions.executeWithoutResult(_ -> {
            credentials.recheck(caller, Permission.FOLLOW_UPS);
            rulebooks.hold(actor.organizationId());
            Approvals.Locked locked = approvals
                    .lockNamed(actor.organizationId(), name)
                    .orElseThrow(() -> ApprovalProblems.notFound(name));
            if (forms.isEmpty()) {
                throw ProblemException.badField(
                        "wrong-value", "followUps", "say at least one thing that is to be done");
            }
            make(actor, locked.stored(), forms, locked.at());
        });
    }

    /** Notes that one is done: by its owner, by who voted on the request, or by an administrator. */
    FollowUpView complete(Caller caller, Actor actor, String id, @Nullable String note) {
        @Nullable String said = note == null || note.isBlank() ? null : note.strip();
        if (said != null && said.length() > LONGEST) {
            throw ProblemException.badField("too-long", "note", "a note here has at most 1,000 characters");
        }
        return transactions.execute(_ -> {
            credentials.recheck(caller, Permission.FOLLOW_UPS);
            String orgId = actor.organizationId();
            DirectoryImage directory = rulebooks.hold(orgId).directory();
            FollowUp one = store.lock(orgId, id).orElseThrow(() -> ProblemException.notFound("follow-up", id));
            StoredRequest stored = approvals.find(orgId, one.requestId()).orElseThrow();
            demandMay(actor.principalId(), one, stored, directory);
            Instant now = approvals.now();
            if (one.doneAt() != null) {
                throw Problem.of(409, "already-done", "this was done at " + one.doneAt())
                        .remedy("nothing has to be done")
                        .with("doneAt", one.doneAt())
                        .raise();
            }
            if (one.voided()) {
                throw Problem.of(409, "follow-up-void", "the vote this came with was taken back")
                        .remedy("nothing has to be done")
                        .raise();
            }
            store.complete(orgId, id, actor.principalId(), now, said);
            log.append(
                    actor,
                    new ApprovalEntry.FollowUpDone(stored.name(), id, actor.principalId(), said),
                    one.requestId());
            return view(store.lock(orgId, id).orElseThrow(), directory, now);
        });
    }

    private static void demandMay(String principalId, FollowUp one, StoredRequest stored, DirectoryImage directory) {
        boolean may = one.ownerId().equals(principalId)
                || stored.request().voteOf(principalId).isPresent()
                || directory.holds(principalId, Permission.ORGANIZATION_WRITE);
        if (!may) {
            throw Problem.of(403, "not-yours", "only its owner, who voted on " + stored.name() + " or an admin ends it")
                    .remedy("ask its owner")
                    .raise();
        }
    }

    Page<FollowUpView> list(
            Caller caller, @Nullable String owner, String state, @Nullable String request, Paging paging) {
        String orgId = caller.organizationId();
        DirectoryImage directory = rulebooks.fresh(orgId).directory();
        Wanted wanted = Stream.of(Wanted.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(state))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-word", "state", "`" + state + "` is none of open, done, overdue, all"));
        @Nullable
        String ownerId = owner == null
                ? null
                : directory.principal(owner).map(Principal::id).orElse("none");
        @Nullable
        String requestId = request == null
                ? null
                : approvals
                        .find(orgId, request)
                        .orElseThrow(() -> ApprovalProblems.notFound(request))
                        .request()
                        .id();
        Instant now = approvals.now();
        List<FollowUp> rows = store.list(
                orgId, wanted, ownerId, requestId, mark(paging.after()), today(directory, now), paging.rows());
        return Page.of(rows, paging, one -> one.dueOn() + "/" + one.id()).map(one -> view(one, directory, now));
    }

    List<FollowUpView> of(StoredRequest stored, DirectoryImage directory, Instant now) {
        return store.ofRequest(directory.organizationId(), stored.request().id()).stream()
                .map(one -> view(one, directory, now))
                .toList();
    }

    private static @Nullable Mark mark(String key) {
        int slash = key.indexOf('/');
        try {
            return slash < 0 ? null : new Mark(LocalDate.parse(key.substring(0, slash)), key.substring(slash + 1));
        } catch (DateTimeParseException malformed) {
            throw Cursors.refused();
        }
    }

    private static FollowUpView view(FollowUp one, DirectoryImage directory, Instant now) {
        Wording words = new Wording(directory);
        return new FollowUpView(
                one.id(),
                "AR-" + one.number(),
                one.text(),
                words.who(one.ownerId()),
                one.dueOn(),
                state(one, today(directory, now)),
                words.who(one.madeBy()),
                one.madeAt(),
                one.doneAt(),
                one.doneBy() == null ? null : words.who(one.doneBy()),
                one.doneNote());
    }

    private static String state(FollowUp one, LocalDate today) {
        if (one.doneAt() != null) {
            return "done";
        }
        if (one.voided()) {
            return "void";
        }
        return one.dueOn().isBefore(today) ? "overdue" : "open";
    }

    private static LocalDate today(DirectoryImage directory, Instant now) {
        return LocalDate.ofInstant(now, directory.settings().zone());
    }

    private static FollowUp read(
            FollowUpForm form,
            String field,
            Actor actor,
            StoredRequest stored,
            String voteId,
            DirectoryImage directory,
            Instant now) {
        String text = form.text().strip();
        if (text.isEmpty() || text.length() > LONGEST) {
            throw ProblemException.badField(
                    "wrong-value", field + ".text", "a follow-up says in 1 to 1,000 characters what is to be done");
        }
        String owner = directory
                .principal(form.owner())
                .filter(who -> who.kind() == PrincipalKind.PERSON && who.active())
                .map(Principal::id)
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-person", field + ".owner", "`" + form.owner() + "` is no active person here"));
        LocalDate due = form.dueOn();
        LocalDate today = today(directory, now);
        if (due.isBefore(today) || due.isAfter(today.plusYears(YEARS_AHEAD))) {
            throw ProblemException.badField(
                    "wrong-value",
                    field + ".dueOn",
                    "`dueOn` is a day from today on and within " + YEARS_AHEAD + " years");
        }
        return new FollowUp(
                Ids.next("fup"),
                stored.request().id(),
                stored.number(),
                voteId,
                text,
                owner,
                due,
                actor.principalId(),
                now,
                null,
                null,
                null,
                false);
    }
}
