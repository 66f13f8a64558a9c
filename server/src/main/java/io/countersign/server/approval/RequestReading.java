package io.countersign.server.approval;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.InboxType;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.approval.RequestViews.EarlierDenial;
import io.countersign.server.approval.RequestViews.RequestDetail;
import io.countersign.server.approval.RequestViews.RequestRow;
import io.countersign.server.approval.RequestViews.TimelineItem;
import io.countersign.server.approval.RequestViews.TimelinePage;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.audit.RequestHistory;
import io.countersign.server.change.LikelySecrets;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads requests for people: lists, one in full, its payload, its timeline. */
@Service
class RequestReading {

    /** What a reader wants listed, in his words. */
    record Wanted(
            String view,
            @Nullable String type,
            @Nullable String project,
            @Nullable String environment,
            @Nullable String risk,
            @Nullable String state,
            @Nullable String requester,
            @Nullable String text) {}

    /** A payload with what names it, and how many likely secrets in it are covered; the digest is of the true bytes. */
    record ReadPayload(String name, PayloadDigest digest, Payload payload, int covered) {}

    /** A payload with nothing covered. */
    record TruePayload(PayloadDigest digest, Payload payload) {}

    private final Rulebooks rulebooks;
    private final Inbox inbox;
    private final RequestStore requests;
    private final VoteStore votes;
    private final PayloadStore payloads;
    private final RequestHistory history;
    private final TransactionTemplate transactions;
    private final Credentials credentials;
    private final AuditLog log;

    RequestReading(
            Rulebooks rulebooks,
            Inbox inbox,
            RequestStore requests,
            VoteStore votes,
            PayloadStore payloads,
            RequestHistory history,
            TransactionTemplate transactions,
            Credentials credentials,
            AuditLog log) {
        this.rulebooks = rulebooks;
        this.inbox = inbox;
        this.requests = requests;
        this.votes = votes;
        this.payloads = payloads;
        this.history = history;
        this.transactions = transactions;
        this.credentials = credentials;
        this.log = log;
    }

    DirectoryImage directory(Caller caller) {
        return rulebooks.fresh(caller.organizationId()).directory();
    }

    Page<RequestRow> page(Caller caller, Wanted wanted, Paging paging) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        Inbox.Page page = inbox.page(
                rulebook,
                caller.principalId(),
                view(wanted.view()),
                filter(wanted, rulebook.directory()),
                before(paging.after()),
                paging.limit());
        RequestPresenter presenter = new RequestPresenter(rulebook, requests.now());
        return new Page<>(
                page.rows().stream().map(presenter::row).toList(),
                page.next() == null ? null : Paging.cursor(page.next().toString()),
                paging.limit());
    }

    RequestDetail detail(Caller caller, String name) {
        StoredRequest stored = find(caller, name);
        return detail(caller, stored, rulebooks.fresh(caller.organizationId()), requests.now());
    }

    /** The same of a request that this transaction has just changed, at the moment it did so. */
    RequestDetail detail(Caller caller, Approvals.Result result) {
        Circumstances circumstances = result.circumstances();
        return detail(caller, result.stored(), rulebooks.hold(caller.organizationId()), circumstances.now());
    }

    private RequestDetail detail(Caller caller, StoredRequest stored, Rulebook rulebook, Instant now) {
        ApprovalRequest request = stored.request();
        Circumstances circumstances = rulebook.circumstances(request, "", now);
        RequestPresenter presenter = new RequestPresenter(rulebook, now);
        Inbox.Row row = inbox.row(rulebook, caller.principalId(), stored, now);
        List<EarlierDenial> denials = requests
                .denials(
                        caller.organizationId(),
                        request,
                        request.firstOpenedAt()
                                .minus(rulebook.directory().settings().denialMemory()))
                .stream()
                .map(presenter::denial)
                .toList();
        boolean readable = mayReadPayload(caller, stored, circumstances, rulebook.directory());
        return presenter.detail(
                row,
                circumstances,
                caller.principalId(),
                votes.history(caller.organizationId(), request.id()),
                denials,
                readable);
    }

    TimelinePage timeline(Caller caller, String name) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        StoredRequest stored = find(caller, name);
        RequestPresenter presenter = new RequestPresenter(rulebook, requests.now());
        return new TimelinePage(
                history.of(caller.organizationId(), stored.request().id()).stream()
                        .map(happened -> new TimelineItem(
                                happened.at(),
                                happened.type(),
                                presenter.who(happened.actorId()),
                                happened.channel(),
                                happened.entry()))
                        .toList());
    }

    /** The payload with its likely secrets covered. */
    ReadPayload payload(Caller caller, String name) {
        Found found = readable(caller, name);
        LikelySecrets.Covered covered = LikelySecrets.cover(found.payload().bytes());
        return found.shown(new Payload(found.payload().mediaType(), covered.bytes()), covered.findings());
    }

    /** The very bytes, for a rendering that shows nothing of what is covered. */
    TruePayload truePayload(Caller caller, String name) {
        Found found = readable(caller, name);
        return new TruePayload(found.digest(), found.payload());
    }

    /** The very bytes; who looked at what was covered is written down. */
    ReadPayload reveal(Caller caller, Actor actor, String name) {
        return transactions.execute(_ -> {
            credentials.recheck(caller);
            Found found = readable(caller, name);
            int findings = LikelySecrets.cover(found.payload().bytes()).findings();
            if (findings > 0) {
                log.append(
                        actor,
                        new ApprovalEntry.PayloadRevealed(
                                found.stored().name(),
                                caller.principalId(),
                                found.digest().value(),
                                findings),
                        found.stored().request().id());
            }
            return found.shown(found.payload(), 0);
        });
    }

    /** A payload that this caller may read. */
    private record Found(StoredRequest stored, Payload payload) {

        PayloadDigest digest() {
            return stored.request().ask().digest();
        }

        ReadPayload shown(Payload as, int covered) {
            return new ReadPayload(stored.name(), digest(), as, covered);
        }
    }

    private Found readable(Caller caller, String name) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        StoredRequest stored = find(caller, name);
        Circumstances circumstances = rulebook.circumstances(stored.request(), "", requests.now());
        if (!mayReadPayload(caller, stored, circumstances, rulebook.directory())) {
            throw ProblemException.forbidden(
                    "payload-not-yours",
                    "the payload is for its requester, the people who may approve it, auditors and admins");
        }
        PayloadDigest digest = stored.request().ask().digest();
        Payload payload = payloads.find(caller.organizationId(), digest)
                .orElseThrow(() -> ProblemException.notFound("payload", digest.value()));
        return new Found(stored, payload);
    }

    private StoredRequest find(Caller caller, String name) {
        return requests.findNamed(caller.organizationId(), name).orElseThrow(() -> ApprovalProblems.notFound(name));
    }

    private static boolean mayReadPayload(
            Caller caller, StoredRequest stored, Circumstances circumstances, DirectoryImage directory) {
        ApprovalRequest request = stored.request();
        String reader = caller.principalId();
        boolean party = request.parties().subject().id().equals(reader)
                || request.parties().caller().id().equals(reader)
                || request.parties().owners().contains(reader)
                || request.voteOf(reader).isPresent();
        boolean auditor = Permission.PAYLOAD_READ_ALL.isWithin(caller.credential())
                && directory.holds(reader, Permission.PAYLOAD_READ_ALL);
        return party || auditor || Approvals.mayApproveSome(request, reader, circumstances);
    }

    private static Inbox.View view(String word) {
        return Arrays.stream(Inbox.View.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badField(
                        "unknown-word", "view", "`" + word + "` is none of mine, pending, decided, all"));
    }

    private static @Nullable Long before(String cursor) {
        if (cursor.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException malformed) {
            throw ProblemException.badField("bad-cursor", "cursor", "the cursor is none that a list gave out");
        }
    }

    private static InboxFilter filter(Wanted wanted, DirectoryImage directory) {
        return new InboxFilter(
                wanted.type() == null ? null : actions(wanted.type(), directory),
                wanted.project() == null
                        ? null
                        : directory
                                .resourceId(ResourceLevel.PROJECT, wanted.project())
                                .orElse("none"),
                wanted.environment() == null
                        ? null
                        : directory
                                .resourceId(ResourceLevel.ENVIRONMENT, wanted.environment())
                                .orElse("none"),
                wanted.risk(),
                wanted.state(),
                wanted.requester() == null
                        ? null
                        : directory
                                .principal(wanted.requester())
                                .map(found -> found.id())
                                .orElse("none"),
                wanted.text());
    }

    private static List<String> actions(String type, DirectoryImage directory) {
        Set<InboxType> wanted = Arrays.stream(InboxType.values())
                .filter(known -> known.name().equalsIgnoreCase(type))
                .collect(Collectors.toSet());
        if (wanted.isEmpty()) {
            throw ProblemException.badField(
                    "unknown-word",
                    "type",
                    "`" + type + "` is none of cluster, project, release, promotion, rollback, security, own");
        }
        return directory.actions().all().stream()
                .filter(action -> action.inboxTypes().stream().anyMatch(wanted::contains))
                .map(ActionType::id)
                .toList();
    }
}
