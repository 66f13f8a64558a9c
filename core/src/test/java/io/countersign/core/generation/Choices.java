package io.countersign.core.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The one source of chance for a generated example: a row of numbers, drawn from a seed the first time and replayed, shorter
 * and smaller, when a failing example is made smaller. Zero is always the plainest choice.
 */
public final class Choices {

    private final SplittableRandom random;
    private final int[] replayed;
    private final List<Integer> drawn = new ArrayList<>();
    private final boolean replay;

    private Choices(SplittableRandom random, int[] replayed, boolean replay) {
        this.random = random;
        this.replayed = replayed;
        this.replay = replay;
    }

    /** New choices from a seed. */
    public static Choices seeded(long seed) {
        return new Choices(new SplittableRandom(seed), new int[0], false);
    }

    /** These choices once more; zeros after their end. */
    static Choices replaying(int[] row) {
        return new Choices(new SplittableRandom(0), row, true);
    }

    /** A whole number from 0 to before {@code bound}. */
    public int below(int bound) {
        int choice;
        if (replay) {
            choice = drawn.size() < replayed.length ? Math.min(replayed[drawn.size()], bound - 1) : 0;
        } else {
            choice = random.nextInt(bound);
        }
        drawn.add(choice);
        return choice;
    }

    /** A whole number from {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** Yes, once in so many times. */
    public boolean onceIn(int times) {
        return below(times) == times - 1;
    }

    /** Yes or no. */
    public boolean coin() {
        return onceIn(2);
    }

    /** One of these. */
    public <T> T oneOf(List<T> options) {
        return options.get(below(options.size()));
    }

    /** Any subset, each member taken once in so many times. */
    public <T> Set<T> someOf(List<T> options, int onceIn) {
        Set<T> some = new LinkedHashSet<>();
        options.forEach(option -> {
            if (onceIn(onceIn)) {
                some.add(option);
            }
        });
        return some;
    }

    int[] row() {
        return drawn.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String toString() {
        return Arrays.toString(row());
    }
}
