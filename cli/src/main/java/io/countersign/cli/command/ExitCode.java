package io.countersign.cli.command;

import io.countersign.client.wire.ServerProblem;

/** How a command tells the shell what became of it. */
public final class ExitCode {

    /** Done, or approved. */
    public static final int DONE = 0;
    /** Something went wrong. */
    public static final int ERROR = 1;
    /** The command was written wrongly. */
    public static final int USAGE = 2;
    /** Nothing was decided: still pending, cancelled, or waited in vain. */
    public static final int UNDECIDED = 3;
    /** Nobody is signed in. */
    public static final int LOGIN_NEEDED = 4;
    /** Denied, by people or by the rules. */
    public static final int DENIED = 5;
    /** Too late. */
    public static final int EXPIRED = 6;
    /** Not for this person to decide. */
    public static final int NOT_ELIGIBLE = 7;
    /** Something was looked for and is there: findings. */
    public static final int FOUND = 8;

    private ExitCode() {}

    /** The code for what the server refused. */
    public static int of(ServerProblem problem) {
        return switch (problem.code()) {
            case "session-required", "sign-in-too-old" -> LOGIN_NEEDED;
            case "not-eligible" -> NOT_ELIGIBLE;
            case "denied", "policy-violations", "executing", "resubmit-not-allowed", "already-resubmitted" -> DENIED;
            case "expired" -> EXPIRED;
            case "reopened" -> UNDECIDED;
            default -> problem.status() == 401 ? LOGIN_NEEDED : ERROR;
        };
    }

    /** The code for the state a request is in; an approval that was used counts as approved. */
    public static int ofState(String state) {
        return switch (state) {
            case "approved", "executing", "executed" -> DONE;
            case "denied", "revoked" -> DENIED;
            case "expired", "grant-expired" -> EXPIRED;
            default -> UNDECIDED;
        };
    }
}
