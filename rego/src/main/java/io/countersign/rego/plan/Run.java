package io.countersign.rego.plan;

import io.countersign.rego.builtin.Host;
import io.countersign.rego.syntax.Location;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one evaluation shares from beginning to end: its limits, its clock, its dice, and answers given once. */
final class Run implements Host {

    private static final int CLOCK_EVERY = 1 << 7;

    final EvalOptions options;
    private final long deadline;
    private final long mostSteps;
    private long steps;
    private long reserved;
    private int depth;
    private @Nullable Map<List<Object>, Value> answers;
    private @Nullable RandomGenerator random;
    private long now;
    private boolean clockRead;

    Run(EvalOptions options) {
        this.options = options;
        this.mostSteps = options.limits().steps();
        this.deadline = options.limits().wallNanos() == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : System.nanoTime() + options.limits().wallNanos();
    }

    /** Counts one step. */
    void step() {
        if ((++steps & (CLOCK_EVERY - 1)) == 0 || steps > mostSteps) {
            check();
        }
    }

    private void check() {
        if (steps > mostSteps) {
            throw exceeded("steps", "more than " + mostSteps + " steps");
        }
        if (deadline != Long.MAX_VALUE && System.nanoTime() - deadline > 0) {
            throw exceeded("time", "longer than " + options.limits().wallNanos() / 1_000_000 + " ms");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new RegoFailure("eval_cancel_error", "caller cancelled query execution", Location.NONE);
        }
    }

    @Override
    public void work(long more) {
        steps += more;
        check();
    }

    static RegoFailure exceeded(String limit, String detail) {
        return new RegoFailure("eval_limit_error", limit + " limit exceeded: " + detail, Location.NONE);
    }

    /** Goes one level deeper; {@link #leave()} must follow. */
    void enter() {
        step();
        if (++depth > options.limits().depth()) {
            throw exceeded("depth", "more than " + options.limits().depth() + " levels");
        }
    }

    void leave() {
        depth--;
    }

    @Override
    public void reserve(long size) {
        reserved += size;
        if (reserved > options.limits().memory()) {
            throw exceeded("memory", "more than " + options.limits().memory() + " units of results");
        }
    }

    @Override
    public void fits(Value value) {
        long most = options.limits().memory();
        if (value.weight() > most) {
            throw exceeded("memory", "more than " + most + " units of results");
        }
    }

    @Override
    public long nowNanos() {
        if (!clockRead) {
            now = options.nowNanos().getAsLong();
            clockRead = true;
        }
        return now;
    }

    @Override
    public RandomGenerator random() {
        RandomGenerator known = random;
        if (known == null) {
            known = options.random().get();
            random = known;
        }
        return known;
    }

    @Override
    public Value once(String function, List<Value> key, Supplier<Value> answer) {
        Map<List<Object>, Value> known = answers;
        if (known == null) {
            known = new HashMap<>();
            answers = known;
        }
        List<Object> full = List.of(function, key);
        Value value = known.get(full);
        if (value == null) {
            value = answer.get();
            known.put(full, value);
        }
        return value;
    }

    @Override
    public @Nullable HttpAccess http() {
        return options.http();
    }

    @Override
    public RegoObject runtime() {
        return options.runtime();
    }

    @Override
    public void print(String line) {
        options.print().accept(line);
    }
}
