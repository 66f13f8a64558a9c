package io.countersign.core.policy;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.Place;
import io.countersign.core.action.ResourceLevel;
import io.countersign.core.policy.Applicability.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        List<Applicability> judged = new ArrayList<>(bound.size());
        for (BoundTemplate rule : bound) {
            judged.add(judge(rule, action, place, now, organizationZone));
        }
        return new Resolution(judged);
    }

    /** What must be met, one requirement for each rule that applies. */
    public List<Requirement> requirements() {
        return rules.stream()
                .filter(Applicability::applies)
                .map(applied -> applied.rule().requirement())
                .toList();
    }

    /** Whether a rule that applies refuses an ask without a reason, and which. */
    public Optional<BoundTemplate> demandsReason() {
        return rules.stream()
                .filter(Applicability::applies)
                .map(Applicability::rule)
                .filter(rule -> rule.template().spec().conditions().requireReason())
                .findFirst();
    }

    /** The next moment at which a rule that does not apply now because of the time will, or nothing in sight. */
    public Optional<Instant> nextToApply(Instant now, ZoneId organizationZone) {
        return rules.stream()
                .filter(rule -> rule.verdict() == Verdict.OTHER_TIME)
                .flatMap(rule -> rule.rule().template().spec().conditions().nextChange(now, organizationZone).stream())
                .min(Instant::compareTo);
    }

    private static Applicability judge(
            BoundTemplate rule, ActionType action, Place place, Instant now, ZoneId organizationZone) {
        Binding binding = rule.binding();
        Conditions conditions = rule.template().spec().conditions();
        if (!matchesAction(binding, action)) {
            String why = binding.actions().isEmpty()
                    ? "it does not reach `" + action.id() + "` unless it names it"
                    : "it is narrowed to other actions than `" + action.id() + "`";
            return new Applicability(rule, Verdict.OTHER_ACTION, why);
        }
        if (!matchesTarget(binding, place)) {
            return new Applicability(rule, Verdict.OTHER_RESOURCE, "it is bound to another " + word(binding.level()));
        }
        if (!conditions.matchesPlace(place.environments())) {
            return new Applicability(rule, Verdict.OTHER_ENVIRONMENT, "its environment condition names others");
        }
        if (!conditions.matchesTime(now, organizationZone)) {
            return new Applicability(rule, Verdict.OTHER_TIME, "its time window is closed at this moment");
        }
        return new Applicability(
                rule, Verdict.APPLIES, "bound to this " + word(binding.level()) + ", all conditions match");
    }

    private static boolean matchesAction(Binding binding, ActionType action) {
        return binding.actions().isEmpty()
                ? !action.switchable()
                : binding.actions().contains(action.id());
    }

    private static boolean matchesTarget(Binding binding, Place place) {
        return switch (binding.level()) {
            case ORGANIZATION -> true;
            case PROJECT ->
                same(binding.targetId(), place.projectId())
                        || place.environments().stream()
                                .anyMatch(environment -> same(binding.targetId(), environment.projectId()));
            case CLUSTER -> same(binding.targetId(), place.clusterId());
            case ENVIRONMENT ->
                place.environments().stream()
                        .anyMatch(environment -> same(binding.targetId(), environment.id())
                                || same(binding.environmentName(), environment.name()));
        };
    }

    private static boolean same(@Nullable String wanted, @Nullable String present) {
        return wanted != null && wanted.equals(present);
    }

    private static String word(ResourceLevel level) {
        return switch (level) {
            case ORGANIZATION -> "organization";
            case PROJECT -> "project";
            case CLUSTER -> "cluster";
            case ENVIRONMENT -> "environment";
        };
    }
}
