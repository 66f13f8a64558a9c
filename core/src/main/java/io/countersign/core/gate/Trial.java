package io.countersign.core.gate;

import io.countersign.core.action.Ask;
import io.countersign.core.action.Place;
import io.countersign.core.policy.Applicability;
import io.countersign.core.policy.Approvers;
import io.countersign.core.policy.BoundTemplate;
import io.countersign.core.policy.Escalation;
import io.countersign.core.policy.Quorum;
import io.countersign.core.policy.Requirement;
import io.countersign.core.policy.Resolution;
import io.countersign.core.policy.VoteReason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of the rules that is tried on asks before anybody makes it; every ask is judged without it and with it. */
public final class Trial {

    private final List<BoundTemplate> kept;
    private final List<BoundTemplate> ended;
    private final List<BoundTemplate> tried;

    /**
     * What is to be tried.
     *
     * @param inForce the rules as they are
     * @param endedBindings ids of the bindings of those that the change ends, or whose rule it rewrites
     * @param tried the rules it brings
     */
    public Trial(List<BoundTemplate> inForce, Set<String> endedBindings, List<BoundTemplate> tried) {
        this.kept = inForce.stream()
                .filter(rule -> !endedBindings.contains(rule.binding().id()))
                .toList();
        this.ended = inForce.stream()
                .filter(rule -> endedBindings.contains(rule.binding().id()))
                .toList();
        this.tried = List.copyOf(tried);
    }

    /** The rules the change brings. */
    public List<BoundTemplate> tried() {
        return tried;
    }

    /** What the change would mean to one ask. */
    public enum Shift {
        NONE,
        NEWLY_HELD,
        NO_LONGER_HELD,
        HELD_DIFFERENTLY,
        NEWLY_REFUSED,
        NO_LONGER_REFUSED
    }

    /**
     * One ask, judged twice.
     *
     * @param without the answer of the rules as they are
     * @param with the answer of the rules as they would be
     * @param applies whether a rule that the change brings applies
     * @param demanded what those rules demand, where the ask is held with them
     */
    public record Judged(Decision without, Decision with, Shift shift, boolean applies, List<Requirement> demanded) {
        public Judged {
            demanded = List.copyOf(demanded);
        }
    }

    /** Judges an ask at a place and a moment, by the rules in force and by those it would be judged by instead. */
    public Judged judge(Ask ask, Place place, Instant at, ZoneId organizationZone) {
        List<Applicability> staying = applying(kept, ask, place, at, organizationZone);
        List<Applicability> leaving = applying(ended, ask, place, at, organizationZone);
        List<Applicability> coming = applying(tried, ask, place, at, organizationZone);
        Decision without = decision(ask, place, staying, leaving);
        if (leaving.isEmpty() && coming.isEmpty()) {
            return new Judged(without, without, Shift.NONE, false, List.of());
        }
        Decision with = decision(ask, place, staying, coming);
        List<Requirement> demanded = with instanceof Decision.Hold ? new Resolution(coming).requirements() : List.of();
        return new Judged(without, with, shift(without, with), !coming.isEmpty(), demanded);
    }

    private static List<Applicability> applying(
            List<BoundTemplate> rules, Ask ask, Place place, Instant at, ZoneId organizationZone) {
        List<Applicability> applying = new ArrayList<>();
        for (Applicability judged :
                Resolution.of(rules, ask.action(), place, at, organizationZone).rules()) {
            if (judged.applies()) {
                applying.add(judged);
            }
        }
        return applying;
    }

    private static Decision decision(Ask ask, Place place, List<Applicability> some, List<Applicability> others) {
        List<Applicability> all = new ArrayList<>(some);
        all.addAll(others);
        return Gate.judge(ask.action(), ask.resource(), place, new Resolution(all), ask.reason());
    }

    private static Shift shift(Decision without, Decision with) {
        return switch (with) {
            case Decision.Deny _ -> without instanceof Decision.Deny ? Shift.NONE : Shift.NEWLY_REFUSED;
            case Decision.Permit _ ->
                switch (without) {
                    case Decision.Permit _ -> Shift.NONE;
                    case Decision.Hold _ -> Shift.NO_LONGER_HELD;
                    case Decision.Deny _ -> Shift.NO_LONGER_REFUSED;
                };
            case Decision.Hold held ->
                without instanceof Decision.Hold before
                        ? demands(before).equals(demands(held)) ? Shift.NONE : Shift.HELD_DIFFERENTLY
                        : Shift.NEWLY_HELD;
        };
    }

    /** What a requirement demands, by whichever version of whichever rule. */
    private record Demand(
            Approvers approvers,
            Quorum quorum,
            boolean requesterCanApprove,
            VoteReason voteReasonRequired,
            Duration expiresAfter,
            Duration grantValidFor,
            @Nullable Escalation escalation) {}

    private static Set<Demand> demands(Decision.Hold hold) {
        Set<Demand> demands = new HashSet<>();
        for (Requirement requirement : hold.requirements()) {
            demands.add(new Demand(
                    requirement.approvers(),
                    requirement.quorum(),
                    requirement.requesterCanApprove(),
                    requirement.voteReasonRequired(),
                    requirement.expiresAfter(),
                    requirement.grantValidFor(),
                    requirement.escalation()));
        }
        return demands;
    }
}
