package io.countersign.server.approval;

import io.countersign.core.approval.Refusal;
import io.countersign.core.approval.RequestState;
import io.countersign.core.approval.Standing;
import io.countersign.core.approval.Vote;
import io.countersign.server.approval.SheetViews.SlotView;
import io.countersign.server.approval.SheetViews.Why;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Tells a reader in two short lines whether he can approve, and why. */
final class WhyWords {

    private WhyWords() {}

    /**
     * He can.
     *
     * @param slots the empty lines now
     * @param fits the teams and roles by which he fills some of them
     * @param after the lines that stay empty when he approves
     */
    static Why yes(List<SlotView> slots, List<String> fits, boolean completesRequest, List<SlotView> after) {
        String as = fits.isEmpty() ? "" : "as " + Wording.joined(fits, "and");
        if (completesRequest) {
            return can(as.isEmpty() ? "yours completes it" : as + "; yours completes it");
        }
        String then = Wording.missing(after);
        if (slots.stream().noneMatch(SlotView::mine)) {
            return can(then.isEmpty() ? "yours is not needed" : "but " + then + " would still be missing");
        }
        return can(as.isEmpty() ? "then " + then : as + ", then " + then);
    }

    private static Why can(String detail) {
        return new Why("can-approve", "You can approve", detail);
    }

    /**
     * He cannot.
     *
     * @param askingSide by which rule he is kept out for being on the asking side, or {@code ELIGIBLE}
     */
    static Why no(Refusal refusal, RequestState state, Standing askingSide, List<SlotView> slots, boolean impossible) {
        String waiting = slots.isEmpty() ? "" : "waiting for " + Wording.missing(slots);
        if (!(state instanceof RequestState.Pending) && !(refusal instanceof Refusal.AlreadyReviewed)) {
            return new Why("not-pending", "It is " + StateWords.of(state).replace('-', ' '), "it takes no votes");
        }
        return switch (refusal) {
            case Refusal.AlreadyReviewed already ->
                new Why(
                        "already-reviewed",
                        already.recorded().kind() == Vote.Kind.APPROVE ? "You approved" : "You rejected it",
                        waiting);
            case Refusal.NotEligible not ->
                impossible ? cannotBeMet(slots) : notEligible(rule(not.rules(), askingSide), waiting);
            case Refusal.NotPending _,
                    Refusal.NotFound _,
                    Refusal.PayloadChanged _,
                    Refusal.NothingToWithdraw _,
                    Refusal.NoteRequired _,
                    Refusal.AlreadyRedeemed _,
                    Refusal.GrantMismatch _,
                    Refusal.NotTheRedeemer _,
                    Refusal.NoGrant _,
                    Refusal.Reopened _,
                    Refusal.SessionOver _,
                    Refusal.AlreadyReported _,
                    Refusal.NotYours _ -> new Why("not-possible", "You cannot approve it", waiting);
        };
    }

    private static Why cannotBeMet(List<SlotView> slots) {
        List<String> nobody = slots.stream()
                .filter(SlotView::impossible)
                .map(SlotView::label)
                .distinct()
                .toList();
        return new Why(
                "cannot-be-met",
                "Cannot be met now",
                nobody.isEmpty() || nobody.contains(Wording.ANYONE)
                        ? "too few people can approve"
                        : "nobody in " + Wording.joined(nobody, "or") + " can approve");
    }

    private static Standing rule(Set<Standing> rules, Standing askingSide) {
        return Arrays.stream(Standing.values())
                .filter(one -> one != Standing.NOT_LISTED && rules.contains(one))
                .findFirst()
                .orElse(askingSide == Standing.ELIGIBLE ? Standing.NOT_LISTED : askingSide);
    }

    private static Why notEligible(Standing rule, String waiting) {
        String code = code(rule);
        return switch (rule) {
            case REQUESTER -> new Why(code, "You asked for this", "requesters never count");
            case OWNER_OF_REQUESTER ->
                new Why(code, "An account of yours asked", "owners of the asking account never count");
            case CALLER -> new Why(code, "You spoke for the requester", "who asks for others never counts");
            case ACCOUNTABLE_FOR_CALLER ->
                new Why(code, "An enforcement point of yours asked", "its owners never count");
            case TOKEN_MAKER -> new Why(code, "Your token asked", "who made the asking token never counts");
            case AUTHOR -> new Why(code, "You wrote this change", "authors never count");
            case RESTS_ON_REQUESTERS_CHANGE ->
                new Why(code, "You do not count here", "the requester's side made you eligible");
            case CREDENTIAL_FROM_REQUESTER ->
                new Why(
                        code,
                        "You do not count here yet",
                        "the requester's side made your link; somebody must confirm you");
            case INACTIVE -> new Why(code, "You do not vote", "only active people do");
            case VIEWER_ONLY -> new Why(code, "You are a viewer", "viewers never approve");
            case NOT_LISTED, ELIGIBLE -> new Why(code, "Not yours to approve", waiting);
        };
    }

    /** For example {@code not-listed}. */
    static String code(Standing standing) {
        return standing.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
