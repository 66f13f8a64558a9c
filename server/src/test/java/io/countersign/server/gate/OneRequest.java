package io.countersign.server.gate;

import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request is when one thing is done to it after another: the simple truth that answers given at the same moment are
 * held against. Its rule demands three
 * approvals from two teams, and ann asks.
 *
 * @param votes the live ones: {@code +} or {@code -} by person
 * @param execution what its grant was used for, if it was
 */
record OneRequest(
        String state, Map<String, String> votes, @Nullable String execution) {

    static final OneRequest OPENED = new OneRequest("pending", Map.of(), null);
    static final Map<String, String> TEAMS = Map.of("bob", "sre", "cid", "sre", "dan", "security", "eve", "security");

    /** What is answered, and the request as it is then. */
    record Told(String answer, OneRequest after) {}

    Told does(Deed deed) {
        return switch (deed) {
            case Deed.Approve approve -> vote(approve.who(), "+");
            case Deed.Deny deny -> vote(deny.who(), "-");
            case Deed.Withdraw withdraw -> withdraw(withdraw.who());
            case Deed.Cancel cancel -> cancel(cancel.who());
            case Deed.Read _ -> changed(this);
            case Deed.Find _ -> same("200 " + listed(state, approvers()));
            case Deed.Redeem redeem -> redeem(redeem.executionId());
            case Deed.Report report -> report(report.executionId());
            case Deed.Revoke _ -> revoke();
        };
    }

    private Told vote(String who, String vote) {
        if (state.equals("cancelled")) {
            return same("404 request-not-found");
        }
        if (!TEAMS.containsKey(who)) {
            return same("403 not-eligible");
        }
        if (votes.containsKey(who)) {
            return same("409 already-reviewed");
        }
        if (!state.equals("pending")) {
            return same("409 not-pending");
        }
        SortedMap<String, String> all = new TreeMap<>(votes);
        all.put(who, vote);
        long teams = all.keySet().stream().map(TEAMS::get).distinct().count();
        String then = vote.equals("-") ? "denied" : teams == 2 && all.size() == 3 ? "approved" : "pending";
        return changed(new OneRequest(then, Map.copyOf(all), null));
    }

    private Told withdraw(String who) {
        if (!state.equals("pending")) {
            return same("409 not-pending");
        }
        if (!votes.containsKey(who)) {
            return same("409 nothing-to-withdraw");
        }
        SortedMap<String, String> left = new TreeMap<>(votes);
        left.remove(who);
        return changed(new OneRequest(state, Map.copyOf(left), null));
    }

    private Told cancel(String who) {
        if (!who.equals("ann")) {
            return same("403 not-yours");
        }
        return state.equals("pending") ? changed(new OneRequest("cancelled", votes, null)) : same("409 not-pending");
    }

    private Told redeem(String executionId) {
        return switch (state) {
            case "approved" -> new Told("200 permit", new OneRequest("executing", votes, executionId));
            case "executing" -> same(executionId.equals(execution) ? "200 permit" : "409 already-redeemed");
            case "executed" -> same(executionId.equals(execution) ? "409 already-redeemed" : "200 hold");
            default -> same("200 hold");
        };
    }

    private Told report(String executionId) {
        if (!executionId.equals(execution)) {
            return same("404 execution-not-found");
        }
        return state.equals("executing")
                ? new Told("204 ", new OneRequest("executed", votes, execution))
                : same("409 already-reported");
    }

    /** Only of a request that was approved once: who revokes names a grant. */
    private Told revoke() {
        return state.equals("approved") ? changed(new OneRequest("revoked", votes, null)) : same("409 no-grant");
    }

    private Told same(String answer) {
        return new Told(answer, this);
    }

    private static Told changed(OneRequest after) {
        return new Told("200 " + after.shown(), after);
    }

    private String shown() {
        return shown(state, new TreeMap<>(votes), execution);
    }

    private SortedSet<String> approvers() {
        SortedSet<String> approvers = new TreeSet<>(votes.keySet());
        approvers.removeIf(person -> !Objects.equals(votes.get(person), "+"));
        return approvers;
    }

    /** The same as far as a list tells it. */
    static String listed(String state, SortedSet<String> approvers) {
        return state + " " + approvers;
    }

    /** A request in one line, as every answer about it is compared. */
    static String shown(String state, SortedMap<String, String> votes, @Nullable String execution) {
        return state + " " + votes + (execution == null ? "" : " for " + execution);
    }
}
