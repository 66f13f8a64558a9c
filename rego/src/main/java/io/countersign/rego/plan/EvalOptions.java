package io.countersign.rego.plan;

import io.countersign.rego.builtin.Host;
import io.countersign.rego.value.RegoObject;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What an evaluation gets from its host. */
public record EvalOptions(
        EvalLimits limits,
        boolean strict,
        LongSupplier nowNanos,
        Supplier<RandomGenerator> random,
        Host.@Nullable HttpAccess http,
        RegoObject runtime,
        Consumer<String> print) {}
