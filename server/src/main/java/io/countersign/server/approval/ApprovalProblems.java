package io.countersign.server.approval;

import io.countersign.core.action.PayloadDigest;
import io.countersign.core.approval.Change;
import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.Standing;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts refusals into problem documents: the one place where a refusal gets its status, code and remedy. */
public final class ApprovalProblems {

    private ApprovalProblems() {}

    /** Throws the problem a refused change amounts to; does nothing when it was carried out. */
    public static void throwIfRefused(Change change, StoredRequest stored) {
        Refusal refusal = change.refusal();
        if (refusal != null) {
            throw of(refusal, stored).raise();
        }
    }

    /** The problem document of a refusal. */
    public static Problem of(Refusal refusal, StoredRequest stored) {
        String number = stored.name();
        return switch (refusal) {
            case Refusal.NotEligible not ->
                notEligible(rules(not.rules()), "ask one of the people listed under `couldApprove` of " + number);
            case Refusal.AlreadyReviewed already ->
                said(
                        409,
                        "already-reviewed",
                        "you voted `" + already.recorded().kind().name().toLowerCase(java.util.Locale.ROOT) + "` on "
                                + number + " at " + already.recorded().at(),
                        "no action is needed; withdraw your vote first if you want to vote otherwise");
            case Refusal.NothingToWithdraw _ ->
                said(
                        409,
                        "nothing-to-withdraw",
                        "you have no vote on " + number,
                        "look at the request; nothing has to be done");
            case Refusal.NotPending not ->
                said(
                        409,
                        "not-pending",
                        number + " is " + StateWords.of(not.state()) + " and takes no votes",
                        "look at the request to see how it ended");
            case Refusal.NotFound _ -> gone(number);
            case Refusal.PayloadChanged changed -> payloadChanged(changed, number);
            case Refusal.NoteRequired required ->
                said(
                        422,
                        "note-required",
                        "the rule `" + required.requirementName() + "` demands a note with this vote",
                        "vote again with a note that says why");
            case Refusal.AlreadyRedeemed redeemed ->
                said(
                        409,
                        "already-redeemed",
                        "the grant of " + number + " was used at " + redeemed.at() + "; a grant works once",
                        "ask again: the same change needs a new approval");
            case Refusal.GrantMismatch mismatch ->
                said(
                        409,
                        "grant-mismatch",
                        "what is about to run differs from what was approved in "
                                + String.join(", ", mismatch.fields()),
                        "run exactly what was approved, or ask for this");
            case Refusal.NotTheRedeemer _ ->
                said(
                        403,
                        "not-the-redeemer",
                        "only the subject of " + number + " or who may redeem for others can use its grant",
                        "let the enforcement point redeem it, or have the permission given");
            case Refusal.NoGrant none ->
                said(
                        409,
                        "no-grant",
                        number + " is " + StateWords.of(none.state()) + "; there is no grant to use or take back",
                        "look at the request; ask again if it has ended");
            case Refusal.Reopened reopened ->
                said(
                        409,
                        "reopened",
                        "rules or people changed since " + number + " was approved; missing now: "
                                + String.join("; ", ApprovalEntries.missing(reopened.tallies())),
                        "wait for the missing approvals; votes that still count are kept");
            case Refusal.SessionOver over ->
                said(
                        409,
                        "session-over",
                        "the break-glass session behind " + number + " is over (" + over.sessionId()
                                + "); what it let pass has ended with it",
                        "ask again without the session, or open another one if the incident goes on");
            case Refusal.AlreadyReported reported ->
                Problem.of(
                                409,
                                "already-reported",
                                "the outcome of " + number + " was reported at "
                                        + reported.outcome().at() + "; the first report stands")
                        .remedy("no action is needed")
                        .with("outcome", StateWords.of(reported.outcome().result()));
            case Refusal.NotYours _ ->
                said(
                        403,
                        "not-yours",
                        "only people on this request or a security manager may do this to " + number,
                        "ask its requester, one of its approvers, an admin or a security manager");
        };
    }

    /** Only a change of the bootstrap account makes him eligible, which is on every requester's side. */
    static Problem onlyByBootstrap(StoredRequest stored) {
        return notEligible(
                "you are eligible only by a change that the account `bootstrap` made itself, which counts as every"
                        + " requester's own",
                "ask one of the people listed under `couldApprove` of " + stored.name()
                        + ", or have a person take that change back and make it anew");
    }

    private static Problem notEligible(String rules, String remedy) {
        return said(403, "not-eligible", "you are not an eligible approver for this request: " + rules, remedy);
    }

    /** No request with this number or id. */
    public static ProblemException notFound(String name) {
        return problem(
                404,
                "request-not-found",
                "there is no approval request `" + name + "`",
                "check the number, or list the requests");
    }

    private static Problem gone(String number) {
        return said(404, "request-not-found", number + " was cancelled", "ask again, if it is still needed");
    }

    private static Problem payloadChanged(Refusal.PayloadChanged changed, String number) {
        @Nullable PayloadDigest asked = changed.asked();
        @Nullable String successor = changed.successor();
        String detail = asked == null
                ? number + " was superseded by " + successor
                : "the vote names another payload than " + number + " asks for (" + asked.value() + ")";
        return said(
                409,
                "payload-changed",
                detail,
                successor == null ? "look at the request again and vote on what it shows" : "look at " + successor);
    }

    private static String rules(Set<Standing> rules) {
        return rules.stream()
                .map(rule -> "you " + second(rule))
                .distinct()
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String second(Standing rule) {
        return switch (rule) {
            case ELIGIBLE -> "may approve";
            case NOT_LISTED -> "are not among the approvers";
            case INACTIVE -> "have no active account";
            case VIEWER_ONLY -> "hold no role other than viewer";
            case REQUESTER -> "asked for this yourself";
            case OWNER_OF_REQUESTER -> "are in the owner chain of the account that asked";
            case CALLER -> "spoke for the requester";
            case ACCOUNTABLE_FOR_CALLER -> "are accountable for the enforcement point that asked";
            case TOKEN_MAKER -> "made the token that asked";
            case AUTHOR -> "wrote or last edited the change";
            case RESTS_ON_REQUESTERS_CHANGE -> "are eligible only by a change that the requester's side made itself";
            case CREDENTIAL_FROM_REQUESTER ->
                "sign in with a credential that came from the requester's side; an admin or security manager has to confirm you";
        };
    }

    static ProblemException problem(int status, String code, String detail, String remedy) {
        return said(status, code, detail, remedy).raise();
    }

    private static Problem said(int status, String code, String detail, String remedy) {
        return Problem.of(status, code, detail).remedy(remedy);
    }
}
