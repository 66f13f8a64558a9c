package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.approval.InboxReader.Narrowing;
import io.countersign.server.approval.RequestViews.EarlierDenial;
import io.countersign.server.approval.RequestViews.RequestCounts;
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
import io.countersign.server.platform.OneMoment;
import io.countersign.server.platform.Page;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads requests for people: lists, one in full, its payload, its timeline. */
@Service
class RequestReading {

    /** A payload with what names it, and how many likely secrets in it are covered; the digest is of the true bytes. */
    record ReadPayload(String name, PayloadDigest digest, Payload payload, int covered) {}

    /** A payload with nothing covered. */
    record TruePayload(String name, PayloadDigest digest, Payload payload) {}

    private final Rulebooks rulebooks;
    private final Inbox inbox;
    private final RequestLookupStore requests;
    private final VoteStore votes;
    private final FollowUps followUps;
    private final PayloadStore payloads;
    private final RequestHistory history;
    private final TransactionTemplate transactions;
    private final TransactionTemplate reading;
    private final Credentials credentials;
    private final AuditLog log;

    RequestReading(
            Rulebooks rulebooks,
            Inbox inbox,
            RequestLookupStore requests,
            VoteStore votes,
            FollowUps followUps,
            PayloadStore payloads,
            RequestHistory history,
            TransactionTemplate transactions,
            Credentials credentials,
            AuditLog log) {
        this.rulebooks = rulebooks;
        this.inbox = inbox;
        this.requests = requests;
        this.votes = votes;
        this.followUps = followUps;
        this.payloads = payloads;
        this.history = history;
        this.transactions = transactions;
        reading = OneMoment.reading(Objects.requireNonNull(transactions.getTransactionManager()));
        this.credentials = credentials;
        this.log = log;
    }

    DirectoryImage directory(Caller caller) {
        return rulebooks.fresh(caller.organizationId()).directory();
    }

    Page<RequestRow> page(Caller caller, String view, String order, Narrowing narrowing, Paging paging) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        Inbox.Wanted wanted = InboxReader.wanted(view, order, narrowing, rulebook.directory(), paging);
        Inbox.Page page = inbox.page(rulebook, caller.principalId(), wanted);
        RowPresenter presenter = new RowPresenter(rulebook.directory(), caller.principalId(), requests.now());
        return new Page<>(
                page.rows().stream().map(presenter::row).toList(),
                page.next() == null ? null : paging.cursor(wanted.order().key(page.next())),
                paging.limit());
    }

    RequestCounts counts(Caller caller, Narrowing narrowing) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        Inbox.Counts counts =
                inbox.counts(rulebook, caller.principalId(), InboxReader.filter(narrowing, rulebook.directory()));
        long most = Inbox.MOST_COUNTED;
        return new RequestCounts(
                counts.mine(),
                counts.mineMore(),
                counts.waiting(),
                counts.waitingMore(),
                Math.min(counts.pending(), most),
                counts.pending() > most,
                Math.min(counts.stale(), most),
                counts.stale() > most);
    }

    /**
     * INVARIANT L6: all of it as of one moment; read part by part, a state would stand beside the votes of a later one. A list
     * reads each row with its votes in one statement.
     */
    RequestDetail detail(Caller caller, String name) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        return reading.execute(_ -> detail(caller, find(caller, name), rulebook, requests.now()));
    }

    /** The same of a request that this transaction has just changed, at the moment it did so. */
    RequestDetail detail(Caller caller, Approvals.Result result) {
        Circumstances circumstances = result.circumstances();
        return detail(caller, result.stored(), rulebooks.hold(caller.organizationId()), circumstances.now());
    }

    private RequestDetail detail(Caller caller, StoredRequest stored, Rulebook rulebook, Instant now) {
        ApprovalRequest request = stored.request();
        RequestPresenter presenter = new RequestPresenter(rulebook, caller, now);
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
        boolean readable = mayReadPayload(caller, stored, row.circumstances(), rulebook.directory());
        return presenter.detail(
                row,
                votes.history(caller.organizationId(), request.id()),
                denials,
                followUps.of(stored, rulebook.directory(), now),
                readable);
    }

    TimelinePage timeline(Caller caller, String name) {
        Rulebook rulebook = rulebooks.fresh(caller.organizationId());
        StoredRequest stored = find(caller, name);
        RequestPresenter presenter = new RequestPresenter(rulebook, caller, requests.now());
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
        return new TruePayload(found.stored().name(), found.digest(), found.payload());
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
}
