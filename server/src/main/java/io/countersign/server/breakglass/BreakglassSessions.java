package io.countersign.server.breakglass;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Resource;
import io.countersign.core.approval.Bypass;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.breakglass.OwnerNow;
import io.countersign.core.breakglass.Passage;
import io.countersign.core.breakglass.SessionScope;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What sessions say to asks. Every method runs inside the transaction that permits, in which the organization's epoch is held:
 * opening, revoking and everything else that changes a session waits until that transaction ends, or is seen by it.
 */
@Service
public class BreakglassSessions {

    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AuditLog log;

    BreakglassSessions(BreakglassStore sessions, BreakglassActionStore actions, AuditLog log) {
        this.sessions = sessions;
        this.actions = actions;
        this.log = log;
    }

    /** What a session said to an ask that named it. */
    public sealed interface Said {}

    /** It lets the ask pass, whatever approval is missing. */
    public record Lets(Bypass bypass) implements Said {}

    /** It does not, and the log tells of it. */
    public record Refuses(Problem problem) implements Said {}

    /**
     * Keeps the end of a session from being written down while an ask that names it is under way. To be called before the
     * moment is read that the ask is judged by: what waits here is judged by the time when it need not wait any more.
     */
    public void hold(String orgId, String name) {
        sessions.find(orgId, name).ifPresent(kept -> sessions.hold(orgId, kept.id()));
    }

    /**
     * Judges an ask that names a session.
     *
     * @param name the session's id or number
     * @throws ProblemException 404 when there is no such session
     */
    public Said judge(Caller caller, Actor actor, String name, Ask ask, Place place, Rulebook rulebook, Instant now) {
        KeptSession kept = sessions.find(ask.organizationId(), name)
                .orElseThrow(() -> ProblemException.notFound("breakglass-session", name));
        if (!ask.onBehalf() && !Permission.BREAKGLASS_OPEN.isWithin(caller.credential())) {
            return refused(
                    actor,
                    kept,
                    ask,
                    rulebook,
                    403,
                    "session-not-in-person",
                    "a token is not its owner in person, and no token uses a session for itself",
                    "sign in and ask, or name the session to the enforcement point that asks for you");
        }
        Passage passage = passage(kept, ask, place, rulebook, now);
        return switch (passage) {
            case Passage.Lets lets -> new Lets(lets.bypass());
            case Passage.Refuses refuses -> refused(actor, kept, ask, rulebook, refuses.why(), now);
        };
    }

    /** What the session with this id still lets pass of what was asked, or nothing. */
    public @Nullable Bypass still(String sessionId, Ask ask, Rulebook rulebook, Instant now) {
        Optional<Place> place = rulebook.directory().place(ask.resource());
        Optional<KeptSession> kept = sessions.find(ask.organizationId(), sessionId);
        if (place.isEmpty() || kept.isEmpty()) {
            return null;
        }
        return passage(kept.get(), ask, place.get(), rulebook, now) instanceof Passage.Lets lets ? lets.bypass() : null;
    }

    /** Writes down that a session let a request pass; the entry of the request itself tells what was bypassed. */
    public void used(Bypass bypass, Ask ask, String resourceName, @Nullable String requestId, Instant now) {
        Resource resource = ask.resource();
        actions.insert(
                ask.organizationId(),
                new BreakglassAction(
                        Ids.next("bga"),
                        bypass.sessionId(),
                        now,
                        ask.subject().id(),
                        ask.caller().id(),
                        ask.action().id(),
                        resource.level().name().toLowerCase(Locale.ROOT),
                        resource.id(),
                        resourceName,
                        ask.digest().value(),
                        ask.reason(),
                        requestId));
    }

    /** Writes down that an ask named a session where nothing had to be bypassed. */
    public void unneeded(Actor actor, Bypass bypass, Ask ask, String resourceName, Instant now) {
        KeptSession kept =
                sessions.find(ask.organizationId(), bypass.sessionId()).orElseThrow();
        used(bypass, ask, resourceName, null, now);
        log.append(
                actor,
                new BreakglassEntry.BreakglassUnneeded(
                        kept.glass(),
                        ask.subject().id(),
                        ask.caller().id(),
                        ask.action().id(),
                        resourceName,
                        ask.digest().value()),
                kept.id());
    }

    /** Whether this request gates the opening of a session, which begins by its approval and by nothing else. */
    public boolean opens(String orgId, String requestId) {
        return sessions.gatedBy(orgId, requestId);
    }

    static SessionState state(KeptSession kept, DirectoryImage directory, Instant now) {
        return state(kept, directory, directory.settings().breakglass().most(), now);
    }

    /** Its state as far as no maximum was lowered just now: what was over by its time stays so. */
    static SessionState stateSoFar(KeptSession kept, DirectoryImage directory, Instant now) {
        return state(kept, directory, kept.session().duration(), now);
    }

    private static SessionState state(KeptSession kept, DirectoryImage directory, Duration most, Instant now) {
        return kept.session().stateAt(now, ownerNow(kept, directory), kept.mostOf(most));
    }

    private static Passage passage(KeptSession kept, Ask ask, Place place, Rulebook rulebook, Instant now) {
        DirectoryImage directory = rulebook.directory();
        return kept.session()
                .judge(
                        ask,
                        place,
                        ownerNow(kept, directory),
                        kept.mostOf(directory.settings().breakglass().most()),
                        now);
    }

    private static OwnerNow ownerNow(KeptSession kept, DirectoryImage directory) {
        String owner = kept.session().ownerId();
        boolean active = directory.principal(owner).filter(Principal::active).isPresent();
        return new OwnerNow(active, mayOpen(owner, kept.session().scope(), directory));
    }

    /** Whether the permission to open sessions was given to this person for all of this; what is gone needs none. */
    static boolean mayOpen(String ownerId, SessionScope scope, DirectoryImage directory) {
        return directory.holds(ownerId, Permission.BREAKGLASS_OPEN)
                && scope.targets().stream()
                        .map(target -> Resource.of(target.level(), target.id()))
                        .filter(resource -> directory.place(resource).isPresent())
                        .allMatch(resource -> scope.actions().stream()
                                .allMatch(action -> directory.holdsOneByOne(
                                        ownerId, Permission.BREAKGLASS_OPEN, action, resource)));
    }

    private Refuses refused(Actor actor, KeptSession kept, Ask ask, Rulebook rulebook, Passage.Why why, Instant now) {
        String name = kept.session().name();
        return switch (why) {
            case NOT_YOURS ->
                refused(
                        actor,
                        kept,
                        ask,
                        rulebook,
                        403,
                        "session-not-yours",
                        name + " is somebody else's; a session is used by its owner alone",
                        "ask without a session, or open one of your own");
            case AGENT ->
                refused(
                        actor,
                        kept,
                        ask,
                        rulebook,
                        403,
                        "session-not-for-agents",
                        "no agent uses a session, whoever owns it",
                        "act in person, or through an enforcement point that you gave the session");
            case NOT_ACTIVE ->
                refused(
                        actor,
                        kept,
                        ask,
                        rulebook,
                        409,
                        "session-not-active",
                        name + " is " + words(state(kept, rulebook.directory(), now)),
                        "ask without it, or open another session if the incident goes on");
            case OUT_OF_SCOPE ->
                refused(
                        actor,
                        kept,
                        ask,
                        rulebook,
                        403,
                        "outside-session-scope",
                        "`" + ask.action().id() + "` on `" + rulebook.nameOf(ask.resource())
                                + "` is not in the scope of " + name,
                        "ask without the session; its scope cannot be widened");
        };
    }

    private Refuses refused(
            Actor actor,
            KeptSession kept,
            Ask ask,
            Rulebook rulebook,
            int status,
            String code,
            String detail,
            String remedy) {
        log.append(
                actor,
                new BreakglassEntry.BreakglassRefused(
                        kept.glass(),
                        ask.subject().id(),
                        ask.caller().id(),
                        ask.action().id(),
                        rulebook.nameOf(ask.resource()),
                        ask.digest().value(),
                        code),
                kept.id());
        return new Refuses(Problem.of(status, code, detail)
                .remedy(remedy)
                .with("breakGlassSession", kept.session().name())
                .asLogged());
    }

    /** For example {@code over since 2026-03-02T10:00:00Z (revoked)}. */
    static String words(SessionState state) {
        return switch (state) {
            case SessionState.Requested _ -> "waiting for the approval of its opening";
            case SessionState.NotOpened refused -> "not open: its opening was " + refused.why();
            case SessionState.Active active -> "active until " + active.end();
            case SessionState.Ended ended ->
                "over since " + ended.end() + " (" + BreakglassStore.word(ended.cause()) + ")";
        };
    }

    static String word(SessionState state) {
        return switch (state) {
            case SessionState.Requested _ -> "requested";
            case SessionState.NotOpened _ -> "not-opened";
            case SessionState.Active _ -> "active";
            case SessionState.Ended _ -> "ended";
        };
    }
}
