package io.countersign.rego.value;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of large collections that the comparison going on in this thread has compared already. Two values that were
 * built apart and each hold the same parts many times over would take exponential time without it.
 */
final class ComparedPairs {

    /** Collections up to this weight are simply compared again. */
    private static final long LIGHT = 1_000;

    private static final ThreadLocal<@Nullable Map<Pair, Integer>> CURRENT = new ThreadLocal<>();

    private ComparedPairs() {}

    /** Whether two collections of one type, size and hash are equal. */
    static boolean equal(RegoCollection a, RegoCollection b) {
        return isLight(a, b)
                ? a.holdsTheSame(b)
                : compared(new Pair(a, b, false), () -> a.holdsTheSame(b) ? 0 : 1) == 0;
    }

    /** The order of two collections of one type. */
    static int order(RegoCollection a, RegoCollection b) {
        return isLight(a, b) ? a.compareSameType(b) : compared(new Pair(a, b, true), () -> a.compareSameType(b));
    }

    private static boolean isLight(RegoCollection a, RegoCollection b) {
        return a.weight() <= LIGHT || b.weight() <= LIGHT;
    }

    private static int compared(Pair pair, IntSupplier comparison) {
        Map<Pair, Integer> outer = CURRENT.get();
        Map<Pair, Integer> results = outer == null ? new HashMap<>() : outer;
        if (outer == null) {
            CURRENT.set(results);
        }
        try {
            Integer known = results.get(pair);
            if (known == null) {
                known = comparison.getAsInt();
                results.put(pair, known);
            }
            return known;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            }
        }
    }

    /** Two objects in memory, whatever they equal, compared for their order or only for being equal. */
    @SuppressWarnings("ReferenceEquality")
    private record Pair(Value a, Value b, boolean ordered) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Pair that && a == that.a && b == that.b && ordered == that.ordered;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(a) * 31 + System.identityHashCode(b);
        }
    }
}
