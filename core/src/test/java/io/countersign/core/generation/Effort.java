package io.countersign.core.generation;

/**
 * How hard the tests try: a minute's worth by default, much longer in a campaign ({@code -Dcountersign.campaign=true}), and
 * from which seed ({@code -Dcountersign.seed=N}).
 */
public final class Effort {

    private Effort() {}

    /** The seed that all generated examples start from. */
    public static long seed() {
        return Long.getLong("countersign.seed", 1L) * 1_000_000_007L;
    }

    /** Whether this is the long version. */
    public static boolean campaign() {
        return Boolean.getBoolean("countersign.campaign");
    }

    /** The first number in a quick run, the second in a campaign. */
    public static int of(int quick, int campaign) {
        return campaign() ? campaign : quick;
    }
}
