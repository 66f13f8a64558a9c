package io.countersign.core.policy;

/** Why one binding applied to an ask, or why not. */
public record Applicability(BoundTemplate rule, Verdict verdict, String sentence) {

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
}
