package io.countersign.server.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.action.Subject;
import io.countersign.core.action.Tier;
import io.countersign.core.approval.Bypass;
import io.countersign.core.approval.Command;
import io.countersign.core.approval.Grant;
import io.countersign.core.approval.Outcome;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.RequestState;
import io.countersign.core.audit.GateEntry;
import io.countersign.core.gate.Decision;
import io.countersign.core.gate.Gate;
import io.countersign.core.gate.Violation;
import io.countersign.server.approval.ApprovalProblems;
import io.countersign.server.approval.Approvals;
import io.countersign.server.approval.Approvals.Act;
import io.countersign.server.approval.Approvals.Locked;
import io.countersign.server.approval.Approvals.Result;
import io.countersign.server.approval.Rulebook;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.approval.StoredRequest;
import io.countersign.server.audit.Actor;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.breakglass.BreakglassSessions;
import io.countersign.server.directory.Credentials;
import io.countersign.server.directory.Directory;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.FaultPoint;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The door {@code redeem}: I am about to do exactly this; spends the grant, or says that none is needed. */
@Service
class Redemptions {

    private static final Pattern EXECUTION_ID = Pattern.compile("[A-Za-z0-9._~-]{16,128}");

    private final TransactionTemplate transactions;
    private final Rulebooks rulebooks;
    private final Approvals approvals;
    private final Credentials credentials;
    private final Directory directory;
    private final ExecutionStore executions;
    private final AuditLog log;
    private final Answers answers;
    private final BreakglassSessions sessions;
    private final Bypasses bypasses;
    private final MissingGrants missing;

    Redemptions(
            TransactionTemplate transactions,
            Rulebooks rulebooks,
            Approvals approvals,
            Credentials credentials,
            Directory directory,
            ExecutionStore executions,
            AuditLog log,
            Answers answers,
            BreakglassSessions sessions,
            Bypasses bypasses,
            MissingGrants missing) {
        this.transactions = transactions;
        this.rulebooks = rulebooks;
        this.approvals = approvals;
        this.credentials = credentials;
        this.directory = directory;
        this.executions = executions;
        this.log = log;
        this.answers = answers;
        this.sessions = sessions;
        this.bypasses = bypasses;
        this.missing = missing;
    }

    /** What a transaction came to; refusals are values, so that what they wrote is kept. */
    private sealed interface Judged {
        /** @param spent the request whose grant this very call has used, or none */
        record Told(
                GateAnswer answer,
                boolean inProduction,
                @Nullable StoredRequest spent) implements Judged {
            Told(GateAnswer answer, boolean inProduction) {
                this(answer, inProduction, null);
            }
        }

        record Refused(Problem problem) implements Judged {}
    }

    /** Everything one redemption is judged by. */
    private record Redemption(
            Caller caller, Actor actor, RedeemForm form, Ask ask, Rulebook rulebook, Place place, Instant now) {}

    /** A redemption, and the request it is about if there is one; its row is locked. */
    private record Found(Redemption redemption, Optional<StoredRequest> stored) {}

    GateAnswer redeem(Caller caller, Actor actor, RedeemForm form) {
        demandExecutionId(form);
        return answered(transactions.execute(_ -> judge(caller, actor, form)), actor);
    }

    private static void demandExecutionId(RedeemForm form) {
        if (!EXECUTION_ID.matcher(form.executionId()).matches()) {
            throw ProblemException.badField(
                    "bad-execution-id",
                    "executionId",
                    "executionId is 16 to 128 letters, digits and ._~- drawn at random by the executing process");
        }
    }

    private GateAnswer answered(Judged judged, Actor actor) {
        return switch (judged) {
            case Judged.Told told -> {
                if (told.inProduction()) {
                    transactions.executeWithoutResult(_ -> directory.endSetUp(actor, "production"));
                }
                yield told.answer();
            }
            case Judged.Refused refused -> throw refused.problem().raise();
        };
    }

    /**
     * Spends the grant that waits for exactly this, for a wire over which nobody reports an outcome: the request ends as
     * executed, its outcome not reported. The same caller with the same execution id gets the answer again.
     *
     * @return nothing where no grant waits and this execution has spent none, or where the caller may not redeem it
     */
    Optional<GateAnswer> spendUnreported(Caller caller, Actor actor, RedeemForm form) {
        demandExecutionId(form);
        Optional<Judged> judged = transactions.execute(_ -> {
            Found found = find(caller, actor, form);
            return found.stored()
                    .filter(request -> isWaitingOrMine(request, found.redemption()))
                    .filter(_ -> mayRedeem(found.redemption()))
                    .map(request -> spendUnreported(found.redemption(), request));
        });
        return judged.map(come -> answered(come, actor));
    }

    private static boolean isWaitingOrMine(StoredRequest stored, Redemption redemption) {
        String executionId = redemption.form().executionId();
        return switch (stored.request().stateAt(redemption.now())) {
            case RequestState.Approved _ -> true;
            case RequestState.Executing executing ->
                executing.execution().executionId().equals(executionId);
            case RequestState.Executed executed ->
                executed.execution().executionId().equals(executionId);
            case RequestState.Pending _, RequestState.End _ -> false;
        };
    }

    private Judged spendUnreported(Redemption redemption, StoredRequest stored) {
        Judged judged = spend(redemption, stored);
        if (judged instanceof Judged.Told told && told.spent() != null) {
            Command.Report report = new Command.Report(redemption.ask().caller(), false, Outcome.Result.NOT_REPORTED);
            approvals.act(new Act(redemption.actor(), report), told.spent(), redemption.rulebook(), redemption.now());
        }
        return judged;
    }

    private Judged judge(Caller caller, Actor actor, RedeemForm form) {
        Found found = find(caller, actor, form);
        return found.stored()
                .filter(request -> speaks(request, found.redemption()))
                .map(request -> spend(found.redemption(), request))
                .orElseGet(() -> withoutGrant(found));
    }

    private Found find(Caller caller, Actor actor, RedeemForm form) {
        credentials.recheck(caller);
        Rulebook rulebook = rulebooks.hold(caller.organizationId());
        Ask ask = ask(caller, form, rulebook);
        String grantId = form.grantId();
        Optional<Locked> locked = grantId == null
                ? approvals.lockLatest(ask.organizationId(), Doors.openKey(ask))
                : Optional.of(approvals
                        .lockByGrant(ask.organizationId(), grantId)
                        .orElseThrow(() -> ProblemException.notFound("grant", grantId)));
        FaultPoint.within("redeem");
        Place place = Doors.place(rulebook, ask);
        Instant now = locked.map(Locked::at).orElseGet(approvals::now);
        return new Found(new Redemption(caller, actor, form, ask, rulebook, place, now), locked.map(Locked::stored));
    }

    /** Whether the request decides this redemption; one that is over says nothing to a new one, unless it was named. */
    private static boolean speaks(StoredRequest stored, Redemption redemption) {
        if (redemption.form().grantId() != null) {
            return true;
        }
        return switch (stored.request().stateAt(redemption.now())) {
            case RequestState.Pending _, RequestState.Approved _, RequestState.Executing _ -> true;
            case RequestState.Executed executed ->
                executed.execution().executionId().equals(redemption.form().executionId());
            case RequestState.End _ -> stored.request().state() instanceof RequestState.Approved;
        };
    }

    private Judged spend(Redemption redemption, StoredRequest found) {
        String orgId = redemption.ask().organizationId();
        if (sessions.opens(orgId, found.request().id())) {
            return refused(
                    redemption,
                    found.name(),
                    "begins-by-approval",
                    Problem.of(
                                    409,
                                    "begins-by-approval",
                                    found.name() + " opens a break-glass session, which begins when it is approved")
                            .remedy("nothing is to be redeemed: use the session"));
        }
        boolean fresh = !(found.request().state() instanceof RequestState.Executing);
        List<Violation> violations = fresh
                ? Gate.violations(redemption.ask().action(), redemption.ask().resource(), redemption.place())
                : List.of();
        if (!violations.isEmpty()) {
            return refused(redemption, found.name(), "policy-violations", Denials.violated(violations));
        }
        StoredRequest stored = found;
        if (found.request().stateAt(redemption.now()) instanceof RequestState.Pending) {
            stored = approvals
                    .act(
                            new Act(redemption.actor(), new Command.Review()),
                            found,
                            redemption.rulebook(),
                            redemption.now())
                    .stored();
            if (stored.request().state() instanceof RequestState.Pending) {
                return new Judged.Told(
                        answers.ofRequest(stored, redemption.rulebook().epoch(), redemption.now()), false);
            }
        }
        Bypass still = bypasses.still(stored, redemption.rulebook(), redemption.now());
        Result result = approvals.act(
                new Act(redemption.actor(), command(redemption, still)),
                stored,
                redemption.rulebook(),
                redemption.now());
        Refusal refusal = result.change().refusal();
        if (refusal != null) {
            Problem problem = ApprovalProblems.of(refusal, result.stored());
            return refused(redemption, stored.name(), problem.code(), problem);
        }
        return new Judged.Told(
                spent(redemption, result.stored()),
                endsSetUp(redemption),
                result.change().changed() ? result.stored() : null);
    }

    private GateAnswer spent(Redemption redemption, StoredRequest stored) {
        Grant grant = switch (stored.request().state()) {
            case RequestState.Executing executing -> executing.grant();
            case RequestState.Executed executed -> executed.grant();
            case RequestState.Pending _, RequestState.Approved _, RequestState.End _ ->
                throw new IllegalStateException(
                        "redeemed, and yet not executing: " + stored.request().id());
        };
        String executionId = redemption.form().executionId();
        return answers.redeemed(
                stored, grant, executionId, redemption.rulebook().epoch(), redemption.now());
    }

    private static Command.Redeem command(Redemption redemption, @Nullable Bypass still) {
        Ask ask = redemption.ask();
        return new Command.Redeem(
                ask.organizationId(),
                redemption.form().executionId(),
                ask.caller(),
                mayRedeemForOthers(redemption.caller(), ask, redemption.rulebook()),
                ask.subject(),
                ask.action().id(),
                ask.resource(),
                ask.digest(),
                still);
    }

    /** No request speaks: judged anew by the rules of this moment. */
    private Judged withoutGrant(Found found) {
        Redemption redemption = found.redemption();
        Ask ask = redemption.ask();
        Decision decision = Doors.judgeRedemption(redemption.rulebook(), ask, redemption.now());
        return switch (decision) {
            case Decision.Deny deny ->
                refused(redemption, null, "policy-violations", Denials.violated(deny.violations()));
            case Decision.Hold _ -> {
                GateAnswer held =
                        answers.ofRules(decision, ask, redemption.rulebook().epoch(), redemption.now());
                yield new Judged.Told(held.because(why(found)), false);
            }
            case Decision.Permit _ -> ungated(redemption);
        };
    }

    private List<Fault> why(Found found) {
        Redemption redemption = found.redemption();
        return missing.why(command(redemption, null), found.stored(), redemption.rulebook(), redemption.now());
    }

    private Judged ungated(Redemption redemption) {
        Ask ask = redemption.ask();
        if (!mayRedeem(redemption)) {
            return refused(
                    redemption,
                    null,
                    "not-the-redeemer",
                    Problem.of(
                                    403,
                                    "not-the-redeemer",
                                    "you may not redeem for `" + ask.subject().id() + "`")
                            .remedy("have the permission to redeem for others given on this resource"));
        }
        String executionId = redemption.form().executionId();
        String resourceName = redemption.rulebook().nameOf(ask.resource());
        if (!executions.begin(ask, resourceName, executionId, redemption.now())) {
            boolean again = executions.isOpenFor(ask, executionId);
            return again
                    ? new Judged.Told(answer(redemption), false)
                    : refused(
                            redemption,
                            null,
                            "already-redeemed",
                            Problem.of(409, "already-redeemed", "this executionId was used before")
                                    .remedy("draw a new executionId for each execution"));
        }
        log.append(
                redemption.actor(),
                new GateEntry.UngatedExecution(
                        executionId,
                        ask.subject().id(),
                        ask.caller().id(),
                        ask.action().id(),
                        resourceName,
                        ask.digest().value()),
                null);
        return new Judged.Told(answer(redemption), endsSetUp(redemption));
    }

    private GateAnswer answer(Redemption redemption) {
        return answers.ungated(
                redemption.form().executionId(),
                redemption.ask().digest().value(),
                redemption.rulebook().epoch(),
                redemption.now());
    }

    private static boolean endsSetUp(Redemption redemption) {
        return endsSetUp(redemption.place(), redemption.rulebook(), redemption.now());
    }

    /** The first real use in production ends an organization's set-up. */
    static boolean endsSetUp(Place place, Rulebook rulebook, Instant now) {
        boolean production =
                place.environments().stream().map(EnvironmentFacts::tier).anyMatch(tier -> tier == Tier.PRODUCTION);
        return production && rulebook.directory().setUp().covers(now);
    }

    private Judged refused(Redemption redemption, @Nullable String number, String code, Problem problem) {
        Ask ask = redemption.ask();
        log.append(
                redemption.actor(),
                new GateEntry.RedemptionRefused(
                        number,
                        redemption.form().executionId(),
                        ask.caller().id(),
                        ask.action().id(),
                        redemption.rulebook().nameOf(ask.resource()),
                        ask.digest().value(),
                        code),
                null);
        return new Judged.Refused(problem.asLogged());
    }

    private Ask ask(Caller caller, RedeemForm form, Rulebook rulebook) {
        AskReader reader = new AskReader(rulebook.directory(), directory, caller);
        return reader.readForRedemption(
                form.action(),
                form.resource(),
                form.subject(),
                form.reason(),
                PayloadReader.digest(form.payloadDigest()));
    }

    /** Everybody redeems his own; for somebody else it takes a right given one by one. */
    private static boolean mayRedeem(Redemption redemption) {
        return !redemption.ask().onBehalf()
                || mayRedeemForOthers(redemption.caller(), redemption.ask(), redemption.rulebook());
    }

    private static boolean mayRedeemForOthers(Caller caller, Ask ask, Rulebook rulebook) {
        Subject redeemer = ask.caller();
        return Permission.REDEEM_FOR_OTHERS.isWithin(caller.credential())
                && rulebook.directory()
                        .holdsOneByOne(
                                redeemer.id(),
                                Permission.REDEEM_FOR_OTHERS,
                                ask.action().id(),
                                ask.resource());
    }
}
