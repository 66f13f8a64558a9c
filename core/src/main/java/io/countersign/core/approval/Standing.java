package io.countersign.core.approval;

/** Whether one person may count for one requirement, and if not, by which rule. */
public enum Standing {
    ELIGIBLE("may approve"),
    NOT_LISTED("is not among the approvers"),
    INACTIVE("has no active account"),
    VIEWER_ONLY("holds no role other than viewer"),
    REQUESTER("asked for this"),
    OWNER_OF_REQUESTER("is in the owner chain of the account that asked"),
    CALLER("spoke for the requester"),
    ACCOUNTABLE_FOR_CALLER("is an owner of the enforcement point that asked"),
    TOKEN_MAKER("made the token that asked"),
    AUTHOR("wrote or last edited the change"),
    RESTS_ON_REQUESTERS_CHANGE("is eligible only by a change that the requester's side made itself"),
    CREDENTIAL_FROM_REQUESTER("signs in with a credential that came from the requester's side and is unconfirmed");

    private final String sentence;

    Standing(String sentence) {
        this.sentence = sentence;
    }

    /** The rule as the second half of a sentence about the person. */
    public String sentence() {
        return sentence;
    }
}
