package io.countersign.rego;

import io.countersign.rego.plan.EvalLimits;
import java.time.Duration;

/**
 * What one evaluation may cost; exceeding any of these is an error of the code `eval_limit_error`, never "undefined".
 *
 * @param steps iterations and calls, at least 1
 * @param time on the clock
 * @param memory elements and bytes of intermediate and final results, roughly
 * @param depth rules and functions within each other, at most 1500
 */
public record Limits(long steps, Duration time, long memory, int depth) {

    /** Generous for decisions: ten million steps, one second, ten million units of memory, 500 levels. */
    public static final Limits DEFAULT = new Limits(10_000_000, Duration.ofSeconds(1), 10_000_000, 500);

    public Limits {
        if (steps < 1 || memory < 1 || depth < 1 || depth > 1500 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits are positive, and the depth is at most 1500");
        }
    }

    EvalLimits forEvaluation() {
        long nanos = time.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : time.toNanos();
        return new EvalLimits(steps, nanos, memory, depth);
    }
}
