package io.countersign.rego;

import io.countersign.rego.builtin.Host;
import io.countersign.rego.plan.EvalOptions;
import io.countersign.rego.value.RegoObject;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How a policy is compiled and asked. Immutable; every method answers another one.
 *
 * <p>By default: the language of OPA 1.0, errors of functions are undefined, the system's clock, dice with a fixed seed,
 * no network, nothing printed, {@link Limits#DEFAULT}.
 */
public final class PolicyOptions {

    /** What is said above. */
    public static final PolicyOptions DEFAULT = new PolicyOptions();

    final boolean v1;
    final boolean strict;
    final boolean strictErrors;
    final Limits limits;
    final LongSupplier clock;
    final Supplier<RandomGenerator> random;
    final @Nullable Set<String> builtins;
    final Host.@Nullable HttpAccess http;
    final RegoObject runtime;
    final @Nullable Consumer<String> print;

    private PolicyOptions() {
        this(
                true,
                false,
                false,
                Limits.DEFAULT,
                PolicyOptions::systemNanos,
                () -> new Random(0),
                null,
                null,
                RegoObject.EMPTY,
                null);
    }

    private PolicyOptions(
            boolean v1,
            boolean strict,
            boolean strictErrors,
            Limits limits,
            LongSupplier clock,
            Supplier<RandomGenerator> random,
            @Nullable Set<String> builtins,
            Host.@Nullable HttpAccess http,
            RegoObject runtime,
            @Nullable Consumer<String> print) {
        this.v1 = v1;
        this.strict = strict;
        this.strictErrors = strictErrors;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
        this.builtins = builtins;
        this.http = http;
        this.runtime = runtime;
        this.print = print;
    }

    private static long systemNanos() {
        return System.currentTimeMillis() * 1_000_000;
    }

    /** Reads sources as before OPA 1.0; keywords must then be imported. */
    public PolicyOptions v0() {
        return new PolicyOptions(false, strict, strictErrors, limits, clock, random, builtins, http, runtime, print);
    }

    /** Makes unused and shadowed names errors of compilation. */
    public PolicyOptions strict() {
        return new PolicyOptions(v1, true, strictErrors, limits, clock, random, builtins, http, runtime, print);
    }

    /** Makes a function that fails end the evaluation, instead of making its expression undefined. */
    public PolicyOptions strictErrors() {
        return new PolicyOptions(v1, strict, true, limits, clock, random, builtins, http, runtime, print);
    }

    /** Bounds every evaluation. */
    public PolicyOptions limits(Limits other) {
        return new PolicyOptions(v1, strict, strictErrors, other, clock, random, builtins, http, runtime, print);
    }

    /** Pins the clock: `time.now_ns` asks this once per evaluation, for nanoseconds since 1970. */
    public PolicyOptions clock(LongSupplier nanos) {
        return new PolicyOptions(v1, strict, strictErrors, limits, nanos, random, builtins, http, runtime, print);
    }

    /** Pins the dice; every evaluation asks for its own. */
    public PolicyOptions random(Supplier<RandomGenerator> dice) {
        return new PolicyOptions(v1, strict, strictErrors, limits, clock, dice, builtins, http, runtime, print);
    }

    /** Allows only these functions; a policy that calls another does not compile. */
    public PolicyOptions builtins(Set<String> names) {
        return new PolicyOptions(
                v1, strict, strictErrors, limits, clock, random, Set.copyOf(names), http, runtime, print);
    }

    /** Lets `http.send` through to a client, which alone decides which hosts it talks to. */
    public PolicyOptions http(Host.HttpAccess client) {
        return new PolicyOptions(v1, strict, strictErrors, limits, clock, random, builtins, client, runtime, print);
    }

    /** What `opa.runtime` answers. */
    public PolicyOptions runtime(RegoObject object) {
        return new PolicyOptions(v1, strict, strictErrors, limits, clock, random, builtins, http, object, print);
    }

    /** Keeps `print` statements, and takes what they say; otherwise they are erased. */
    public PolicyOptions print(Consumer<String> printed) {
        return new PolicyOptions(v1, strict, strictErrors, limits, clock, random, builtins, http, runtime, printed);
    }

    EvalOptions forEvaluation() {
        return new EvalOptions(
                limits.forEvaluation(), strictErrors, clock, random, http, runtime, print == null ? line -> {} : print);
    }
}
