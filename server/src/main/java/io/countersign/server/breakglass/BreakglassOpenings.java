package io.countersign.server.breakglass;

import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.audit.BreakglassEntry.Reach;
import io.countersign.core.breakglass.Opening;
import io.countersign.core.breakglass.Session;
import io.countersign.core.breakglass.SessionScope;
import io.countersign.core.breakglass.SessionState;
import io.countersign.core.policy.Person;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.BreakglassRules;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Epochs;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.OwnCall;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens sessions: one at a time for each person, at once or from the approval of its request. */
@Service
class BreakglassOpenings {

    private static final String BREAKGLASS_SESSION = "Break-Glass-Session: ";

    /** What came of a call to open a session. */
    record Opened(KeptSession kept, boolean held) {}

    private final TransactionTemplate transactions;
    private final Epochs epochs;
    private final Credentials credentials;
    private final Rulebooks rulebooks;
    private final BreakglassStore sessions;
    private final AftermathStore aftermaths;
    private final OpeningDoor door;
    private final AuditLog log;

    BreakglassOpenings(
            TransactionTemplate transactions,
            Epochs epochs,
            Credentials credentials,
            Rulebooks rulebooks,
            BreakglassStore sessions,
            AftermathStore aftermaths,
            OpeningDoor door,
            AuditLog log) {
        this.transactions = transactions;
        this.epochs = epochs;
        this.credentials = credentials;
        this.rulebooks = rulebooks;
        this.sessions = sessions;
        this.aftermaths = aftermaths;
        this.door = door;
        this.log = log;
    }

    /** What the transaction came to; a refusal of the rules is a value, so that what it wrote is kept. */
    private sealed interface Round {
        record Done(Opened opened) implements Round {}

        record Turned(Problem problem) implements Round {}
    }

    Opened open(OwnCall call, OpeningForm form) {
        return switch (transactions.execute(_ -> judged(call, form))) {
            case Round.Done done -> done.opened();
            case Round.Turned turned -> throw turned.problem().raise();
        };
    }

    private Round judged(OwnCall call, OpeningForm form) {
        Caller caller = call.caller();
        String orgId = caller.organizationId();
        Actor actor = Actor.of(caller, call.origin());
        // INVARIANT: nobody decides anything meanwhile, so a session is there for the next ask, and only one at a time
        epochs.lock(orgId);
        credentials.recheck(caller, Permission.BREAKGLASS_OPEN);
        FaultPoint.within("breakglass-open");
        Rulebook rulebook = rulebooks.hold(orgId);
        DirectoryImage directory = rulebook.directory();
        OpeningReader reader = new OpeningReader(directory);
        String reason = OpeningReader.reason(form.reason());
        String incident = OpeningReader.incident(form.incident());
        SessionScope scope = reader.scope(form.scope());
        reader.demandConfirmed(scope, form.confirmScope());
        String owner = caller.principalId();
        Instant before = sessions.now();
        Optional<KeptSession> there = running(orgId, owner, directory, before);
        String key = Objects.requireNonNull(call.key()).value();
        if (there.isPresent()) {
            if (there.get().key().equals(key)) {
                return new Round.Done(new Opened(there.get(), there.get().requestId() != null));
            }
            throw alreadyOpen(there.get(), directory, before);
        }
        demandSettled(orgId, owner, directory);
        if (!BreakglassSessions.mayOpen(owner, scope, directory)) {
            throw Problem.of(403, "scope-not-permitted", "you may not open a session for all of this scope")
                    .remedy("leave out what you were not given, or have the permission given for it")
                    .raise();
        }
        Session draft = new Session(
                Ids.next("bgs"),
                sessions.nextNumber(orgId),
                owner,
                reason,
                incident,
                scope,
                reader.duration(form.duration()),
                new Opening.Awaited(),
                null);
        String closureOwner = reader.person("closureOwner", form.closureOwner(), owner);
        return switch (door.judge(caller, actor, rulebook, reason, payload(call, draft))) {
            case OpeningDoor.Turned turned -> new Round.Turned(turned.problem());
            case OpeningDoor.AtOnce atOnce ->
                new Round.Done(new Opened(begun(actor, draft, closureOwner, key, directory, atOnce.now()), false));
            case OpeningDoor.Held held ->
                new Round.Done(new Opened(requested(actor, draft, closureOwner, key, directory, held), true));
        };
    }

    private KeptSession begun(
            Actor actor, Session draft, String closureOwner, String key, DirectoryImage directory, Instant now) {
        Session session = opened(draft, new Opening.AtOnce(now));
        KeptSession kept = kept(actor.organizationId(), session, closureOwner, key, null, null, now);
        sessions.insert(kept);
        log.append(actor, opened(kept, directory, now), kept.id());
        return kept;
    }

    private KeptSession requested(
            Actor actor,
            Session draft,
            String closureOwner,
            String key,
            DirectoryImage directory,
            OpeningDoor.Held held) {
        KeptSession kept =
                kept(actor.organizationId(), draft, closureOwner, key, held.requestId(), held.number(), held.now());
        sessions.insert(kept);
        log.append(
                actor,
                new BreakglassEntry.BreakglassRequested(
                        kept.glass(),
                        reach(draft.scope(), directory),
                        draft.duration().toSeconds(),
                        closureOwner,
                        held.number()),
                kept.id());
        return kept;
    }

    /** The entry of a session that has begun. */
    static BreakglassEntry opened(KeptSession kept, DirectoryImage directory, Instant start) {
        return new BreakglassEntry.BreakglassOpened(
                kept.glass(),
                reach(kept.session().scope(), directory),
                kept.closureOwnerId(),
                start,
                start.plus(kept.session().duration()),
                kept.requestNumber());
    }

    private static Reach reach(SessionScope scope, DirectoryImage directory) {
        return new Reach(
                scope.actions().stream().sorted().toList(),
                scope.targets().stream()
                        .map(target -> directory.nameOf(target.id()).orElse(target.id()))
                        .sorted()
                        .toList(),
                scope.isWide());
    }

    private static Session opened(Session draft, Opening opening) {
        return new Session(
                draft.id(),
                draft.number(),
                draft.ownerId(),
                draft.reason(),
                draft.incident(),
                draft.scope(),
                draft.duration(),
                opening,
                null);
    }

    private static KeptSession kept(
            String orgId,
            Session session,
            String closureOwner,
            String key,
            @org.jspecify.annotations.Nullable String requestId,
            @org.jspecify.annotations.Nullable String number,
            Instant now) {
        return new KeptSession(
                orgId,
                session,
                closureOwner,
                null,
                now,
                key,
                requestId,
                number,
                null,
                null,
                null,
                new KeptSession.Told(requestId == null, false, null, false, false));
    }

    /** The call as approvers see it, and the session it is about: so no two openings are the same thing to approve. */
    private static byte[] payload(OwnCall call, Session session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((call.route() + "\n" + BREAKGLASS_SESSION + session.name() + " " + session.id() + "\n\n")
                .getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(call.body().get());
        return bytes.toByteArray();
    }

    private Optional<KeptSession> running(String orgId, String owner, DirectoryImage directory, Instant now) {
        return sessions.unended(orgId).stream()
                .filter(kept -> kept.session().ownerId().equals(owner))
                .filter(kept -> switch (BreakglassSessions.state(kept, directory, now)) {
                    case SessionState.Requested _, SessionState.Active _ -> true;
                    case SessionState.NotOpened _, SessionState.Ended _ -> false;
                })
                .findFirst();
    }

    private static ProblemException alreadyOpen(KeptSession kept, DirectoryImage directory, Instant now) {
        String name = kept.session().name();
        return Problem.of(
                        409,
                        "session-open",
                        "you have a session: " + name + " is "
                                + BreakglassSessions.words(BreakglassSessions.state(kept, directory, now)))
                .remedy("use " + name + ", or revoke it first; a session is never widened or extended")
                .with("breakGlassSession", name)
                .raise();
    }

    private void demandSettled(String orgId, String owner, DirectoryImage directory) {
        BreakglassRules.Blocks blocks = directory.settings().breakglass().blocksNext();
        Set<String> people = switch (blocks) {
            case NOBODY -> Set.of();
            case PERSON -> Set.of(owner);
            case TEAM -> teammates(owner, directory);
        };
        List<String> unsettled = people.isEmpty() ? List.of() : unsettled(orgId, people, directory);
        if (!unsettled.isEmpty()) {
            throw Problem.of(
                            409,
                            "session-unsettled",
                            String.join(", ", unsettled) + " still " + (unsettled.size() == 1 ? "owes" : "owe")
                                    + " a closure or a review")
                    .remedy(
                            "file the closure and have the review done; this organization opens no further session before")
                    .with("unsettled", unsettled)
                    .raise();
        }
    }

    /** Earlier sessions of these people that owe something, ended or about to be written down as ended. */
    private List<String> unsettled(String orgId, Set<String> people, DirectoryImage directory) {
        Instant now = sessions.now();
        var filed = aftermaths.filed(orgId);
        return java.util.stream.Stream.concat(
                        sessions.owing(orgId).stream(),
                        sessions.unended(orgId).stream()
                                .filter(kept ->
                                        BreakglassSessions.state(kept, directory, now) instanceof SessionState.Ended))
                .filter(kept -> people.contains(kept.session().ownerId()))
                .filter(kept -> {
                    AftermathStore.Filed done = filed.get(kept.id());
                    return done == null || done.closedAt() == null || done.reviewedAt() == null;
                })
                .map(kept -> kept.session().name())
                .toList();
    }

    private static Set<String> teammates(String owner, DirectoryImage directory) {
        Set<String> teams = directory.people().person(owner).map(Person::teams).orElse(Set.of());
        Set<String> people = new java.util.HashSet<>(Set.of(owner));
        directory.people().all().stream()
                .filter(person -> person.teams().stream().anyMatch(teams::contains))
                .forEach(person -> people.add(person.id()));
        return people;
    }
}
