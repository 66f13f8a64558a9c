package io.countersign.server.breakglass;

import io.countersign.core.approval.Command;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.BreakglassEntry;
import io.countersign.core.breakglass.EndCause;
import io.countersign.core.breakglass.SessionState;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.DirectoryWatch;
import io.countersign.server.directory.Epochs;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends sessions before their time: when somebody revokes them, and when their owner, the permission or the organization's
 * maximum is no more what it was. While it does so, nobody decides anything; what the session let pass and nobody has used
 * ends with it.
 */
@Service
class BreakglassEnds implements DirectoryWatch {

    private final TransactionTemplate transactions;
    private final Epochs epochs;
    private final Credentials credentials;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final BreakglassStore sessions;
    private final BreakglassActionStore actions;
    private final AuditLog log;

    BreakglassEnds(
            TransactionTemplate transactions,
            Epochs epochs,
            Credentials credentials,
            Rulebooks rulebooks,
            Approvals approvals,
            BreakglassStore sessions,
            BreakglassActionStore actions,
            AuditLog log) {
        this.transactions = transactions;
        this.epochs = epochs;
        this.credentials = credentials;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.sessions = sessions;
        this.actions = actions;
        this.log = log;
    }

    /** Ends a session now; one that is over stays as it is, and a second revocation is answered as the first. */
    KeptSession revoke(Caller caller, Actor actor, String name, @Nullable String note) {
        return transactions.execute(_ -> {
            String orgId = caller.organizationId();
            // INVARIANT G1: it waits for the decisions in progress, and every later one sees it
            epochs.lock(orgId);
            credentials.recheck(caller);
            FaultPoint.within("breakglass-revoke");
            Rulebook rulebook = rulebooks.hold(orgId);
            KeptSession kept =
                    sessions.find(orgId, name).orElseThrow(() -> ProblemException.notFound("breakglass-session", name));
            demandMayRevoke(caller, kept, rulebook);
            Instant now = sessions.now();
            switch (BreakglassSessions.state(kept, rulebook.directory(), now)) {
                case SessionState.Requested _ -> giveUp(actor, kept, rulebook, note, now);
                case SessionState.Active active -> end(actor, kept, rulebook, active, note, now);
                case SessionState.NotOpened _, SessionState.Ended _ -> {}
            }
            return sessions.find(orgId, kept.id()).orElseThrow();
        });
    }

    private static void demandMayRevoke(Caller caller, KeptSession kept, Rulebook rulebook) {
        boolean own = kept.session().ownerId().equals(caller.principalId());
        if (!own && !mayRevokeAny(caller, rulebook)) {
            throw ProblemException.forbidden(
                    "not-yours", "a session is revoked by its owner, an admin or a security manager");
        }
    }

    static boolean mayRevokeAny(Caller caller, Rulebook rulebook) {
        return rulebook.directory().allows(caller, Permission.GRANTS_REVOKE);
    }

    /** Gives an opening up that waits for its approval, with its request. */
    private void giveUp(Actor actor, KeptSession kept, Rulebook rulebook, @Nullable String note, Instant now) {
        sessions.end(kept.orgId(), kept.id(), now, EndCause.REVOKED, actor.principalId(), note);
        String requestId = kept.requestId();
        if (requestId != null) {
            approvals
                    .lock(kept.orgId(), requestId)
                    .filter(locked -> locked.stored().request().stateAt(now) instanceof RequestState.Pending)
                    .ifPresent(locked -> approvals.act(
                            new Act(actor, new Command.Cancel(kept.session().ownerId())),
                            locked.stored(),
                            rulebook,
                            locked.at()));
        }
        if (sessions.recordEnd(kept.orgId(), kept.id(), now, "not-opened")) {
            log.append(actor, new BreakglassEntry.BreakglassNotOpened(kept.glass(), "revoked"), kept.id());
        }
    }

    private void end(
            Actor actor,
            KeptSession kept,
            Rulebook rulebook,
            SessionState.Active active,
            @Nullable String note,
            Instant now) {
        sessions.end(kept.orgId(), kept.id(), now, EndCause.REVOKED, actor.principalId(), note);
        int ended = endGrants(actor, kept, rulebook);
        tellBegun(kept, rulebook, active.start());
        sessions.recordEnd(kept.orgId(), kept.id(), now, BreakglassStore.word(EndCause.REVOKED));
        log.append(
                actor,
                new BreakglassEntry.BreakglassRevoked(
                        kept.glass(),
                        actor.principalId(),
                        note,
                        Duration.between(active.start(), now).toSeconds(),
                        uses(kept),
                        ended),
                kept.id());
    }

    @Override
    public void changed(Actor actor) {
        List<KeptSession> running = sessions.unended(actor.organizationId());
        if (running.isEmpty()) {
            return;
        }
        Rulebook rulebook = rulebooks.hold(actor.organizationId());
        Instant now = sessions.now();
        for (KeptSession kept : running) {
            if (BreakglassSessions.stateSoFar(kept, rulebook.directory(), now) instanceof SessionState.Ended over
                    && over.cause() == EndCause.TIME) {
                ended(Actor.system(kept.orgId()), kept, rulebook, over, now);
                continue;
            }
            Duration most = rulebook.directory().settings().breakglass().most();
            if (most.compareTo(kept.session().duration()) < 0) {
                sessions.lower(kept.orgId(), kept.id(), most);
            }
            switch (BreakglassSessions.state(kept, rulebook.directory(), now)) {
                case SessionState.Ended ended
                when ended.cause() != EndCause.TIME -> ended(actor, kept, rulebook, ended, now);
                case SessionState.Active active -> approvals.shortenBypassed(kept.orgId(), kept.id(), active.end());
                case SessionState.Ended _, SessionState.Requested _, SessionState.NotOpened _ -> {}
            }
        }
    }

    /** Writes down an end that has come, with the grants it takes along; who finds it second writes nothing. */
    void ended(Actor actor, KeptSession kept, Rulebook rulebook, SessionState.Ended ended, Instant now) {
        if (!sessions.recordEnd(kept.orgId(), kept.id(), ended.end(), BreakglassStore.word(ended.cause()))) {
            return;
        }
        if (ended.cause() != EndCause.TIME && kept.session().end() == null) {
            sessions.end(kept.orgId(), kept.id(), ended.end(), ended.cause(), actor.principalId(), null);
            endGrants(actor, kept, rulebook);
        }
        tellBegun(kept, rulebook, ended.start());
        log.append(
                actor,
                new BreakglassEntry.BreakglassEnded(
                        kept.glass(),
                        BreakglassStore.word(ended.cause()),
                        ended.end(),
                        ended.lasted().toSeconds(),
                        uses(kept)),
                kept.id());
    }

    /** Writes down that an approved session has begun, where nothing did so yet. */
    void tellBegun(KeptSession kept, Rulebook rulebook, Instant start) {
        KeptSession.Told told = kept.told();
        if (!told.opened()) {
            log.append(
                    Actor.system(kept.orgId()),
                    BreakglassOpenings.opened(kept, rulebook.directory(), start),
                    kept.id());
            sessions.told(
                    kept.orgId(),
                    kept.id(),
                    new KeptSession.Told(true, told.endsSoon(), told.idleSince(), told.closureDue(), told.reviewDue()));
        }
    }

    private int endGrants(Actor actor, KeptSession kept, Rulebook rulebook) {
        int ended = 0;
        for (String requestId : actions.unused(kept.orgId(), kept.id())) {
            Approvals.Locked locked = approvals.lock(kept.orgId(), requestId).orElseThrow();
            var done = approvals.act(
                    new Act(actor, new Command.Revoke(actor.principalId(), true)),
                    locked.stored(),
                    rulebook,
                    locked.at());
            ended += done.change().changed() ? 1 : 0;
        }
        return ended;
    }

    private int uses(KeptSession kept) {
        return actions.uses(kept.orgId(), kept.id())
                .map(BreakglassActionStore.Uses::count)
                .orElse(0);
    }
}
