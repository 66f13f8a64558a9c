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

    private static final int MOST_KEYS = 8;

    final Run run;
    final @Nullable Value input;
    final @Nullable Value data;
    final @Nullable Map<Object, Object> mocks;
    private final boolean @Nullable [] overridden;
    private final @Nullable Object[] cache;
    private @Nullable Map<CallKey, Object> calls;
    private int @Nullable [] keysAsked;

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

    /** What a group defines under one key. After some keys the whole of it is computed, which then is cheaper. */
    @Nullable
    Value valueAt(GroupPlan group, Value key) {
        if (cache[group.id] == null && !isOverridden(group)) {
            int[] counts = keysAsked;
            if (counts == null) {
                counts = new int[cache.length];
                keysAsked = counts;
            }
            if (counts[group.id] < MOST_KEYS) {
                return callOrCount(group, key, counts);
            }
        }
        Value whole = value(group);
        return whole == null ? null : Paths.step(whole, key);
    }

    private @Nullable Value callOrCount(GroupPlan group, Value key, int[] counts) {
        Map<CallKey, Object> known = calls;
        if (known == null) {
            known = new HashMap<>();
            calls = known;
        }
        CallKey one = new CallKey(group, new Value[] {key});
        Object answer = known.get(one);
        if (answer == null) {
            counts[group.id]++;
            run.enter();
            Value found = group.computeAt(this, key);
            run.leave();
            answer = found == null ? UNDEFINED : found;
            known.put(one, answer);
        }
        return answer == UNDEFINED ? null : (Value) answer;
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
