package io.countersign.server.approval;

import io.countersign.core.action.Ask;
import io.countersign.core.action.PayloadDigest;
import io.countersign.core.action.Risk;
import io.countersign.core.approval.Approval;
import io.countersign.core.approval.ApprovalRequest;
import io.countersign.core.approval.Change;
import io.countersign.core.approval.Circumstances;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Counting;
import io.countersign.core.approval.Event;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Vote;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.platform.Ids;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The requests of every organization: opens them, and carries out what people and enforcement points do to them. Every method
 * runs inside the caller's transaction, in which the epoch is held and the request's row is locked.
 */
@Service
public class Approvals {

    static final StoredRequest.OutcomeText NOTHING_SAID = new StoredRequest.OutcomeText(null, null, List.of(), null);

    /** What an act came to: the request as it stands now, and the judgement. */
    public record Result(StoredRequest stored, Change change, Circumstances circumstances) {}

    /** A request whose row this transaction has locked, and the moment of the decision, read when it was. */
    public record Locked(StoredRequest stored, Instant at) {}

    /**
     * How an act reached us: who acts, and what he said beside it.
     *
     * @param risk the risk a voter takes knowingly, in his words, or none
     */
    public record Act(
            Actor actor,
            Command command,
            StoredRequest.OutcomeText said,
            @Nullable String risk) {

        public Act(Actor actor, Command command) {
            this(actor, command, NOTHING_SAID, null);
        }

        public Act(Actor actor, Command command, StoredRequest.OutcomeText said) {
            this(actor, command, said, null);
        }
    }

    private final RequestLookupStore lookups;
    private final RequestStore requests;
    private final VoteStore votes;
    private final PayloadStore payloads;
    private final AuditLog log;

    Approvals(RequestLookupStore lookups, RequestStore requests, VoteStore votes, PayloadStore payloads, AuditLog log) {
        this.lookups = lookups;
        this.requests = requests;
        this.votes = votes;
        this.payloads = payloads;
        this.log = log;
    }

    /** The moment of a decision that locked no request, read after its locks are held. */
    public Instant now() {
        return lookups.now();
    }

    /** Locks a request by id; nothing when the organization has none with it. */
    public Optional<Locked> lock(String orgId, String id) {
        return requests.lock(orgId, id);
    }

    /** A request that people name by id or by number, as it was saved last. */
    public Optional<StoredRequest> find(String orgId, String name) {
        return lookups.findNamed(orgId, name);
    }

    /** The numbers of these requests as people write them, by id. */
    public Map<String, String> numbers(String orgId, Set<String> ids) {
        return lookups.numbers(orgId, ids);
    }

    /** Locks a request that people name by id or by number, for example {@code AR-42}. */
    public Optional<Locked> lockNamed(String orgId, String name) {
        return requests.lockNamed(orgId, name);
    }

    /** How many requests were opened for a subject since, counted no further than to the limit. */
    public long openedSince(String orgId, String subjectId, Instant since, int limit) {
        return lookups.openedSince(orgId, subjectId, since, limit);
    }

    /** Whether a denied or expired request was put again. */
    public boolean resubmitted(StoredRequest stored) {
        return lookups.resubmitted(stored.request().ask().organizationId(), stored.name());
    }

    /** Locks the latest request of this subject, action, resource and payload, whatever became of it. */
    public Optional<Locked> lockLatest(String orgId, String openKey) {
        return requests.lockLatest(orgId, openKey);
    }

    /**
     * The latest request whose grant waits for this but for one thing: another subject, action, resource or payload. It is not
     * locked: nothing can come of it but words.
     */
    public Optional<StoredRequest> grantBut(Command.Redeem redeem, Instant now) {
        return lookups.grantBut(redeem, now);
    }

    /** Locks the request a grant belongs to. */
    public Optional<Locked> lockByGrant(String orgId, String grantId) {
        return requests.lockByGrant(orgId, grantId);
    }

    /** Locks the request that is or was executed under this id. */
    public Optional<Locked> lockByExecution(String orgId, String executionId) {
        return requests.lockByExecution(orgId, executionId);
    }

    /** Carries out one act on a locked request and saves what came of it, with one audit entry for each event. */
    public Result act(Act act, StoredRequest stored, Rulebook rulebook, Instant now) {
        ApprovalRequest before = stored.request();
        Circumstances circumstances = rulebook.circumstances(before, Ids.next("grt"), now);
        Change change = Approval.apply(before, act.command(), circumstances);
        if (!change.changed()) {
            return new Result(stored, change, circumstances);
        }
        StoredRequest after = stored.after(change.request(), act.actor().principalId());
        requests.update(after, before, new RulesSeen(rulebook.epoch(), circumstances.nextRule()));
        saveVotes(act, after, change.events(), before, now);
        saveOutcome(act, after, change.events());
        for (ApprovalEntry entry : ApprovalEntries.of(after, change.events(), ballot(act), act.said())) {
            log.append(act.actor(), entry, after.request().id());
        }
        return new Result(after, change, circumstances);
    }

    /** Takes a new request in; answers nothing when an equal one was opened at the same moment. */
    public Optional<StoredRequest> open(
            Actor actor,
            StoredRequest stored,
            Rulebook rulebook,
            @Nullable Payload payload,
            String openKey,
            RulesSeen seen,
            Instant now) {
        if (payload != null) {
            payloads.save(actor.organizationId(), stored.request().ask().digest(), payload, now);
        }
        if (!requests.insert(stored, openKey, seen, search(stored, rulebook.directory()))) {
            return Optional.empty();
        }
        log.append(actor, ApprovalEntries.opened(stored), stored.request().id());
        return Optional.of(stored);
    }

    /** Lets the unused grants of a session end when it does, which is earlier than it was when they were made. */
    public void shortenBypassed(String orgId, String sessionId, Instant until) {
        requests.shortenBypassed(orgId, sessionId, until);
    }

    /** Lets an execution whose outcome nobody reported stand in the way of new asks no longer. */
    public void unblock(StoredRequest stored) {
        requests.unblock(
                stored.request().ask().organizationId(), stored.request().id());
    }

    /** Whether the payload with this digest is here for approvers to see. */
    public boolean hasPayload(String orgId, PayloadDigest digest) {
        return payloads.has(orgId, digest);
    }

    /** Whether this person's approval would be taken now; the very judgement the vote gets. */
    static Change rehearse(StoredRequest stored, String personId, Circumstances circumstances) {
        Command.Cast cast = new Command.Cast(
                "rehearsal",
                personId,
                Vote.Kind.APPROVE,
                "rehearsal",
                stored.request().ask().digest(),
                false);
        return Approval.apply(stored.request(), cast, circumstances);
    }

    static boolean critical(StoredRequest stored) {
        return stored.request().ask().action().risk() == Risk.CRITICAL;
    }

    /** Whether this person may approve some requirement of the request. */
    static boolean mayApproveSome(ApprovalRequest request, String personId, Circumstances circumstances) {
        Counting counting = new Counting(request, circumstances);
        return request.requirements().stream()
                .anyMatch(requirement -> counting.standing(personId, requirement) == Standing.ELIGIBLE);
    }

    private static ApprovalEntries.Ballot ballot(Act act) {
        return new ApprovalEntries.Ballot(act.actor().channel(), act.actor().credentialId(), act.risk());
    }

    private void saveVotes(Act act, StoredRequest after, List<Event> events, ApprovalRequest before, Instant now) {
        Actor actor = act.actor();
        String orgId = actor.organizationId();
        String requestId = after.request().id();
        Set<String> gone = new HashSet<>();
        before.votes().forEach(vote -> gone.add(vote.id()));
        after.request().votes().forEach(vote -> gone.remove(vote.id()));
        VoteStore.Ended how = VoteStore.Ended.LAPSED;
        for (Event event : events) {
            switch (event) {
                case Event.Voted voted -> votes.insert(orgId, requestId, voted.vote(), ballot(act));
                case Event.Withdrawn _ -> how = VoteStore.Ended.WITHDRAWN;
                case Event.Struck _ -> how = VoteStore.Ended.STRUCK;
                case Event.RequirementsAdded _,
                        Event.Approved _,
                        Event.Bypassed _,
                        Event.Denied _,
                        Event.Cancelled _,
                        Event.Expired _,
                        Event.GrantExpired _,
                        Event.Revoked _,
                        Event.Redeemed _,
                        Event.Reopened _,
                        Event.Executed _ -> {}
            }
        }
        votes.end(orgId, requestId, gone, how, now);
    }

    private void saveOutcome(Act act, StoredRequest after, List<Event> events) {
        for (Event event : events) {
            if (event instanceof Event.Executed executed) {
                requests.saveOutcome(
                        act.actor().organizationId(),
                        after.request().id(),
                        executed.outcome()
                                .result()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        executed.outcome().at(),
                        act.said());
            }
        }
    }

    /** What a list is searched by: number, action, place, title, release, who asks, and why. */
    private static String search(StoredRequest stored, DirectoryImage directory) {
        Ask ask = stored.request().ask();
        RequestTitle title = stored.title();
        return Stream.of(
                        stored.name(),
                        ask.action().id(),
                        stored.resourceName(),
                        title == null ? "" : title.text(),
                        title == null || title.release() == null ? "" : title.release(),
                        named(ask.subject().id(), directory),
                        ask.onBehalf() ? named(ask.caller().id(), directory) : "",
                        ask.reason() == null ? "" : ask.reason())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "))
                .toLowerCase(Locale.ROOT);
    }

    private static String named(String principalId, DirectoryImage directory) {
        return directory
                .principal(principalId)
                .map(who -> "@" + who.handle() + " " + who.name())
                .orElse("");
    }
}
