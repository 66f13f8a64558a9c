package io.countersign.core.policy;

import io.countersign.core.action.ActionType;
import io.countersign.core.action.ResourceLevel;

/** Whether one binding applies to an action at a place and a moment, and by what that was decided. */
public record Applicability(BoundTemplate rule, ActionType action, Verdict verdict) {

    /** The one thing that decided. */
    public enum Verdict {
        APPLIES,
        OTHER_RESOURCE,
        OTHER_ACTION,
        OTHER_ENVIRONMENT,
        OTHER_TIME
    }

    /** Whether the rule's requirement must be met. */
    public boolean applies() {
        return verdict == Verdict.APPLIES;
    }

    /** Why, in words that go on from the rule's name. */
    public String sentence() {
        Binding binding = rule.binding();
        return switch (verdict) {
            case APPLIES -> "bound to this " + word(binding.level()) + ", all conditions match";
            case OTHER_RESOURCE -> "it is bound to another " + word(binding.level());
            case OTHER_ACTION ->
                binding.actions().isEmpty()
                        ? "it does not reach `" + action.id() + "` unless it names it"
                        : "it is narrowed to other actions than `" + action.id() + "`";
            case OTHER_ENVIRONMENT -> "its environment condition names others";
            case OTHER_TIME -> "its time window is closed at this moment";
        };
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
