package io.countersign.core.generation;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A claim about every example a generator makes: tried on many, and where it fails, on ever smaller ones, so that the report
 * shows the smallest failing example and the seed that makes it again.
 */
public final class ForAll<T> {

    /** Tries to make a failing example smaller; more would make a red test slow. */
    private static final int SHRINKS = 4_000;

    private final Function<Choices, T> generator;
    private final Consumer<T> claim;

    private ForAll(Function<Choices, T> generator, Consumer<T> claim) {
        this.generator = generator;
        this.claim = claim;
    }

    /** Tries the claim on so many examples. */
    public static <T> void examples(int runs, Function<Choices, T> generator, Consumer<T> claim) {
        ForAll<T> forAll = new ForAll<>(generator, claim);
        long first = Effort.seed();
        for (int run = 0; run < runs; run++) {
            forAll.one(first + run);
        }
    }

    private void one(long seed) {
        Choices choices = Choices.seeded(seed);
        T example = generator.apply(choices);
        Failure failure = failure(example);
        if (failure != null) {
            report(seed, smallest(choices.row()));
        }
    }

    private void report(long seed, int[] row) {
        T example = generator.apply(Choices.replaying(row));
        Failure failure = failure(example);
        String message = "the claim fails with seed " + seed + " on " + example;
        throw failure == null ? new AssertionError(message) : new AssertionError(message, failure.cause());
    }

    private record Failure(Throwable cause) {}

    private @org.jspecify.annotations.Nullable Failure failure(T example) {
        try {
            claim.accept(example);
            return null;
        } catch (AssertionError | RuntimeException thrown) {
            return new Failure(thrown);
        }
    }

    /** Takes pieces out and lowers numbers as long as the claim still fails. */
    private int[] smallest(int[] row) {
        int[] best = row;
        int tries = 0;
        boolean smaller = true;
        while (smaller && tries < SHRINKS) {
            smaller = false;
            for (int length = Math.max(1, best.length / 2); length >= 1 && !smaller; length /= 2) {
                for (int at = 0; at + length <= best.length && !smaller && tries < SHRINKS; at++) {
                    for (int[] candidate :
                            new int[][] {cut(best, at, length), zeroed(best, at, length), lowered(best, at)}) {
                        tries++;
                        if (lessThan(candidate, best) && fails(candidate)) {
                            best = candidate;
                            smaller = true;
                            break;
                        }
                    }
                }
            }
        }
        return best;
    }

    private boolean fails(int[] row) {
        return failure(generator.apply(Choices.replaying(row))) != null;
    }

    private static boolean lessThan(int[] some, int[] other) {
        return some.length < other.length || (some.length == other.length && Arrays.compare(some, other) < 0);
    }

    private static int[] cut(int[] row, int at, int length) {
        int[] shorter = new int[row.length - length];
        System.arraycopy(row, 0, shorter, 0, at);
        System.arraycopy(row, at + length, shorter, at, row.length - at - length);
        return shorter;
    }

    private static int[] zeroed(int[] row, int at, int length) {
        int[] plainer = row.clone();
        Arrays.fill(plainer, at, at + length, 0);
        return plainer;
    }

    private static int[] lowered(int[] row, int at) {
        int[] plainer = row.clone();
        plainer[at] = Math.max(0, plainer[at] - 1);
        return plainer;
    }
}
