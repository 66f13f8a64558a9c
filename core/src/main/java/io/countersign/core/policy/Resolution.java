package io.countersign.core.policy;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.Place.EnvironmentFacts;
import io.countersign.core.policy.Applicability.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which rules apply to an action at a place and a moment: every binding that matches at any level does, nothing is
 * merged (semantics, "Resolution").
 */
public record Resolution(List<Applicability> rules) {

    public Resolution {
        rules = List.copyOf(rules);
    }

    /** Judges each bound template; the answer keeps the order and says of each why. */
    public static Resolution of(
            List<BoundTemplate> bound, ActionType action, Place place, Instant now, ZoneId organizationZone) {
        return of(bound, action, place, now, List.of(organizationZone));
    }

    /**
     * Judges each bound template where the organization's time zone is in doubt: a rule applies when it does in any of them.
     *
     * @param zones at least one
     */
    public static Resolution of(
            List<BoundTemplate> bound, ActionType action, Place place, Instant now, List<ZoneId> zones) {
        List<Applicability> judged = new ArrayList<>(bound.size());
        for (BoundTemplate rule : bound) {
            judged.add(new Applicability(rule, action, verdict(rule, action, place, now, zones)));
        }
        return new Resolution(judged);
    }

    /** What must be met, one requirement for each rule that applies. */
    public List<Requirement> requirements() {
        List<Requirement> requirements = new ArrayList<>();
        for (Applicability judged : rules) {
            if (judged.applies()) {
                requirements.add(judged.rule().requirement());
            }
        }
        return requirements;
    }

    /** The rules that apply and refuse an ask without a reason. */
    public List<BoundTemplate> demandingReason() {
        List<BoundTemplate> demanding = new ArrayList<>();
        for (Applicability judged : rules) {
            if (judged.applies() && judged.rule().template().spec().conditions().requireReason()) {
                demanding.add(judged.rule());
            }
        }
        return demanding;
    }

    /**
     * The next moment at which a rule that does not apply now because of the time will, or nothing in sight.
     *
     * @param zones as they were given to {@link #of}
     * @param met ids of requirements that an open request carries already; their rules demand nothing further
     */
    public Optional<Instant> nextToApply(Instant now, List<ZoneId> zones, Set<String> met) {
        return rules.stream()
                .filter(judged -> judged.verdict() == Verdict.OTHER_TIME)
                .map(Applicability::rule)
                .filter(rule -> !met.contains(rule.requirement().id()))
                .map(rule -> rule.template().spec().conditions())
                .flatMap(conditions -> zones.stream().flatMap(zone -> conditions.nextChange(now, zone).stream()))
                .min(Instant::compareTo);
    }

    private static Verdict verdict(
            BoundTemplate rule, ActionType action, Place place, Instant now, List<ZoneId> zones) {
        Binding binding = rule.binding();
        Conditions conditions = rule.template().spec().conditions();
        if (!matchesAction(binding, action)) {
            return Verdict.OTHER_ACTION;
        }
        if (!matchesTarget(binding, place)) {
            return Verdict.OTHER_RESOURCE;
        }
        if (!conditions.matchesPlace(place.environments())) {
            return Verdict.OTHER_ENVIRONMENT;
        }
        return matchesTime(conditions, now, zones) ? Verdict.APPLIES : Verdict.OTHER_TIME;
    }

    private static boolean matchesTime(Conditions conditions, Instant now, List<ZoneId> zones) {
        for (ZoneId zone : zones) {
            if (conditions.matchesTime(now, zone)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesAction(Binding binding, ActionType action) {
        return binding.actions().isEmpty()
                ? !action.switchable()
                : binding.actions().contains(action.id());
    }

    /** A cluster's action is one on every environment that names the cluster, and so on those environments' projects. */
    private static boolean matchesTarget(Binding binding, Place place) {
        String target = binding.targetId();
        return switch (binding.level()) {
            case ORGANIZATION -> true;
            case PROJECT ->
                same(target, place.projectId()) || any(place, environment -> same(target, environment.projectId()));
            case CLUSTER -> same(target, place.clusterId());
            case ENVIRONMENT ->
                any(
                        place,
                        environment ->
                                same(target, environment.id()) || same(binding.environmentName(), environment.name()));
        };
    }

    private static boolean any(Place place, Predicate<EnvironmentFacts> meant) {
        for (EnvironmentFacts environment : place.environments()) {
            if (meant.test(environment)) {
                return true;
            }
        }
        return false;
    }

    private static boolean same(@Nullable String wanted, @Nullable String present) {
        return wanted != null && wanted.equals(present);
    }
}
