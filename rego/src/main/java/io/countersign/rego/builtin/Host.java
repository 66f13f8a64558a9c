package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.Value;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a built-in function may ask of the evaluation it runs in. */
public interface Host {

    /** The pinned clock, in nanoseconds since 1970. */
    long nowNanos();

    /** The pinned source of randomness. */
    RandomGenerator random();

    /** The same answer for the same key throughout one evaluation. */
    Value once(String function, List<Value> key, Supplier<Value> answer);

    /** Whether this many bytes or elements may be built; fails with the limit's error if not. */
    void reserve(long size);

    /** Whether a value may be written out in full; fails with the limit's error if that would be too long. */
    void fits(Value value);

    /** Counts steps of work; fails with the limit's error when there were too many. */
    void work(long steps);

    /** What the host sends HTTP requests with, or null. */
    @Nullable
    HttpAccess http();

    /** What the host tells about itself. */
    RegoObject runtime();

    /** Takes what a policy prints. */
    void print(String line);

    /** Sends HTTP requests for a policy. */
    @FunctionalInterface
    interface HttpAccess {

        /** Answers a request object with a response object, as `http.send` defines them. */
        Value send(RegoObject request);
    }
}
