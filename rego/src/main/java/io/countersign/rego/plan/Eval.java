package io.countersign.rego.plan;

import io.countersign.rego.value.Paths;
import io.countersign.rego.value.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The documents an evaluation looks at, and what it found so far; `with` makes another one. */
@SuppressWarnings({"ReferenceEquality", "ArrayRecordComponent"})
final class Eval {

    /** Stands in caches for "undefined". */
    static final Object UNDEFINED = new Object();

    final Run run;
    final @Nullable Value input;
    final @Nullable Value data;
    final @Nullable Map<Object, Object> mocks;
    private final boolean @Nullable [] overridden;
    private final @Nullable Object[] cache;
    private @Nullable Map<CallKey, Object> calls;

    /** A call with its arguments. */
    private record CallKey(GroupPlan function, Value[] args) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CallKey that && function == that.function && Arrays.equals(args, that.args);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(function) + Arrays.hashCode(args);
        }
    }

    Eval(
            Run run,
            @Nullable Value input,
            @Nullable Value data,
            int groups,
            @Nullable Map<Object, Object> mocks,
            boolean @Nullable [] overridden) {
        this.run = run;
        this.input = input;
        this.data = data;
        this.mocks = mocks;
        this.overridden = overridden;
        this.cache = new @Nullable Object[groups];
    }

    /** The same documents with other values, functions and rules in place of some. */
    Eval with(
            @Nullable Value otherInput,
            @Nullable Value otherData,
            @Nullable Map<Object, Object> otherMocks,
            boolean @Nullable [] otherOverridden) {
        return new Eval(run, otherInput, otherData, cache.length, otherMocks, otherOverridden);
    }

    boolean @Nullable [] overridden() {
        return overridden;
    }

    int groups() {
        return cache.length;
    }

    boolean isOverridden(GroupPlan group) {
        return overridden != null && overridden[group.id];
    }

    /** What a group of rules defines, computed once. */
    @Nullable
    Value value(GroupPlan group) {
        Object known = cache[group.id];
        if (known != null) {
            return known == UNDEFINED ? null : (Value) known;
        }
        Value value;
        if (overridden != null && overridden[group.id]) {
            value = data == null ? null : Paths.walk(data, group.path);
        } else {
            run.enter();
            value = group.compute(this);
            run.leave();
        }
        cache[group.id] = value == null ? UNDEFINED : value;
        return value;
    }

    /** The answer of a function that is worth remembering. */
    @Nullable
    Value call(GroupPlan function, Value[] args) {
        Map<CallKey, Object> known = calls;
        if (known == null) {
            known = new HashMap<>();
            calls = known;
        }
        CallKey key = new CallKey(function, args);
        Object answer = known.get(key);
        if (answer == null) {
            answer = function.callOnce(this, args);
            known.put(key, answer == null ? UNDEFINED : answer);
        }
        return answer == null || answer == UNDEFINED ? null : (Value) answer;
    }
}
