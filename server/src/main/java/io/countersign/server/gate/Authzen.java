package io.countersign.server.gate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.countersign.server.approval.Rulebooks;
import io.countersign.server.audit.Actor;
import io.countersign.server.directory.DirectoryImage;
import io.countersign.server.directory.Principal;
import io.countersign.server.gate.AuthzenReader.Question;
import io.countersign.server.gate.GateAnswer.GrantRef;
import io.countersign.server.gate.GateAnswer.RequestRef;
import io.countersign.server.gate.GateAnswer.RequirementRef;
import io.countersign.server.platform.Authenticator;
import io.countersign.server.platform.Caller;
import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Permission;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.platform.ServerClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * The gate behind the one question of the OpenID AuthZEN Authorization API 1.0. A caller who may ask is answered from the
 * transaction: it may open a request, and spends a grant that waits where the caller may redeem it. A caller who may only
 * check, and every batch, is answered from memory and writes nothing.
 */
@Service
class Authzen {

    /** How many evaluations one call may hold. */
    static final int MOST = 10_000;

    private static final Set<Integer> NO = Set.of(403, 404, 409, 422);

    /** What a well-formed question may name that is not here; an unknown thing is denied. */
    private static final Set<String> UNKNOWN = Set.of("unknown-action", "unknown-type", "wrong-level");

    /** The answer: yes or no, and why. */
    record Evaluation(boolean decision, @Nullable Context context) {}

    /** Answers in the order of their questions; shorter than these where the semantics stop early. */
    record Evaluations(List<Evaluation> evaluations) {}

    /** What stands behind an answer, in the standard's spelling where it has one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Context(
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String basis,
            @JsonProperty("evaluation_id") @Nullable String evaluationId,
            @JsonProperty("evaluated_at") @Nullable Instant evaluatedAt,
            @Nullable RequestRef request,
            @Nullable GrantRef grant,
            @Nullable List<RequirementRef> requirements,
            @Nullable List<Fault> violations,
            @Nullable String executionId,
            @Nullable Mistake error) {

        static Context told(@Nullable String reason, GateAnswer answer, @Nullable String id) {
            return new Context(
                    reason,
                    null,
                    answer.basis(),
                    id,
                    answer.evaluatedAt(),
                    answer.request(),
                    answer.grant(),
                    answer.requirements(),
                    answer.violations(),
                    answer.executionId(),
                    null);
        }

        static Context refused(Problem problem, @Nullable String id) {
            return new Context(
                    problem.code(),
                    problem.detail(),
                    null,
                    id,
                    null,
                    null,
                    null,
                    null,
                    problem.violations(),
                    null,
                    null);
        }

        static Context broken(Problem problem) {
            return new Context(
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    new Mistake(problem.status(), problem.detail(), problem.code()));
        }
    }

    /** Why one of many could not be evaluated. */
    record Mistake(int status, String message, String code) {}

    private enum Semantics {
        EXECUTE_ALL,
        DENY_ON_FIRST_DENY,
        PERMIT_ON_FIRST_PERMIT;

        static Semantics of(JsonNode body) {
            JsonNode options = body.get("options");
            JsonNode word = options == null ? null : options.get("evaluations_semantic");
            if (word == null) {
                return EXECUTE_ALL;
            }
            for (Semantics one : values()) {
                if (word.isString() && word.asString().equals(one.name().toLowerCase(java.util.Locale.ROOT))) {
                    return one;
                }
            }
            throw ProblemException.badField(
                    "unknown-word",
                    "options.evaluations_semantic",
                    word + " is none of execute_all, deny_on_first_deny, permit_on_first_permit");
        }

        boolean endsWith(Evaluation last) {
            return switch (this) {
                case EXECUTE_ALL -> false;
                case DENY_ON_FIRST_DENY -> !last.decision();
                case PERMIT_ON_FIRST_PERMIT -> last.decision();
            };
        }
    }

    private final Doors doors;
    private final Redemptions redemptions;
    private final Rulebooks rulebooks;
    private final ServerClock clock;
    private final Authenticator authenticator;

    Authzen(Doors doors, Redemptions redemptions, Rulebooks rulebooks, ServerClock clock, Authenticator authenticator) {
        this.doors = doors;
        this.redemptions = redemptions;
        this.rulebooks = rulebooks;
        this.clock = clock;
        this.authenticator = authenticator;
    }

    /** Answers a single evaluation. */
    Evaluation evaluate(Caller caller, Actor actor, JsonNode body) {
        boolean asks = authenticator.allows(caller, Permission.ASK);
        AuthzenReader.demandBody(body);
        Question question = AuthzenReader.single(body);
        return orNo(
                () -> asks ? ask(caller, actor, question) : check(caller, question, actor.callId()), actor.callId());
    }

    /** Answers many; without {@code evaluations} the body is a single one, which is only checked too. */
    Object evaluateAll(Caller caller, Actor actor, JsonNode body) {
        AuthzenReader.demandBody(body);
        JsonNode items = body.get("evaluations");
        if (items == null || (items.isArray() && items.isEmpty())) {
            Question question = AuthzenReader.single(body);
            return orNo(() -> check(caller, question, actor.callId()), actor.callId());
        }
        if (!items.isArray()) {
            throw ProblemException.badField("wrong-type", "evaluations", "`evaluations` is a list");
        }
        if (items.size() > MOST) {
            throw Problem.of(413, "too-many", "`evaluations` holds " + items.size() + ", at most 10,000 are taken")
                    .fault(Fault.of("too-many", "evaluations", "at most 10,000 evaluations"))
                    .remedy("send them in several calls")
                    .raise();
        }
        Semantics semantics = Semantics.of(body);
        List<Evaluation> answers = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            Evaluation answer = one(caller, body, item, answers.size());
            answers.add(answer);
            if (semantics.endsWith(answer)) {
                break;
            }
        }
        return new Evaluations(answers);
    }

    private Evaluation one(Caller caller, JsonNode body, JsonNode item, int index) {
        try {
            Question question = AuthzenReader.oneOf(body, item, index);
            return orNo(() -> check(caller, question, null), null);
        } catch (ProblemException malformed) {
            if (malformed.problem().status() >= 500) {
                throw malformed;
            }
            return new Evaluation(false, Context.broken(malformed.problem()));
        }
    }

    private Evaluation check(Caller caller, Question question, @Nullable String id) {
        return told(doors.check(caller, named(caller, question), clock.nearly()), id);
    }

    private Evaluation ask(Caller caller, Actor actor, Question question) {
        AskForm form = named(caller, question);
        String id = actor.callId();
        String executionId = question.executionId();
        boolean mayRedeem = authenticator.allows(caller, Permission.REDEEM);
        if (executionId != null && mayRedeem) {
            Optional<GateAnswer> spent = redemptions.spendUnreported(caller, actor, redemption(form, executionId));
            if (spent.isPresent()) {
                return told(spent.get(), id);
            }
        }
        GateAnswer answer = doors.ask(caller, actor, form).answer();
        if (answer.grant() == null) {
            return told(answer, id);
        }
        if (form.breakGlassSession() != null && executionId != null && mayRedeem) {
            Optional<GateAnswer> spent = redemptions.spendUnreported(caller, actor, redemption(form, executionId));
            if (spent.isPresent()) {
                return told(spent.get(), id);
            }
        }
        // INVARIANT: over this wire a grant answers yes in the transaction that spends it, and in no other
        String reason = mayRedeem && executionId == null ? "execution-id-required" : "grant-waiting";
        return new Evaluation(false, Context.told(reason, answer, id));
    }

    private static RedeemForm redemption(AskForm form, String executionId) {
        return new RedeemForm(
                form.action(),
                form.resource(),
                form.subject(),
                form.reason(),
                PayloadReader.read(form).digest().value(),
                executionId,
                null);
    }

    private static Evaluation told(GateAnswer answer, @Nullable String id) {
        return switch (answer.decision()) {
            case "permit" -> new Evaluation(true, Context.told(null, answer, id));
            case "hold" -> new Evaluation(false, Context.told("approval_required", answer, id));
            default -> new Evaluation(false, Context.told("policy_denied", answer, id));
        };
    }

    /** The ask with its subject by id; a subject that is not here, or is of another kind, is denied. */
    private AskForm named(Caller caller, Question question) {
        DirectoryImage directory = rulebooks.fresh(caller.organizationId()).directory();
        Principal subject = directory
                .principal(question.subjectId())
                .or(() -> directory.principal("@" + question.subjectId()))
                .filter(found -> found.kind() == question.subjectKind())
                .orElseThrow(() -> Problem.of(
                                403, "unknown-subject", "there is no such subject `" + question.subjectId() + "`")
                        .remedy("name a person, service account or agent of this organization with its type")
                        .raise());
        AskForm form = question.form();
        return new AskForm(
                form.action(),
                form.resource(),
                subject.id(),
                form.reason(),
                form.payload(),
                form.payloadDigest(),
                form.authors(),
                form.supersedes(),
                form.resubmit(),
                form.breakGlassSession());
    }

    /** A refusal by the rules is a no; a body that cannot be read, a limit or a fault is an error of the call. */
    private static Evaluation orNo(Supplier<Evaluation> act, @Nullable String id) {
        try {
            return act.get();
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            boolean no = NO.contains(problem.status()) || UNKNOWN.contains(problem.code());
            if (!no) {
                throw refused;
            }
            return new Evaluation(false, Context.refused(problem, id));
        }
    }
}
