package io.countersign.rego.plan;

/**
 * What one evaluation may cost.
 *
 * @param steps iterations and calls
 * @param wallNanos time on the clock, in nanoseconds; {@link Long#MAX_VALUE} for any
 * @param memory elements and bytes of results, roughly
 * @param depth rules and functions within each other
 */
public record EvalLimits(long steps, long wallNanos, long memory, int depth) {}
