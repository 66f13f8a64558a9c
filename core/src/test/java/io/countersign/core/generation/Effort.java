package io.countersign.core.generation;

/**
 * How hard the tests try: a minute's worth by default, much longer in a campaign ({@code -Dcampaign=true}), and from which
 * seed ({@code -Dcampaign.seed=N}).
 */
public final class Effort {

    private Effort() {}

    /** The seed that all generated examples start from. */
    public static long seed() {
        return Long.getLong("campaign.seed", 1L) * 1_000_000_007L;
    }

    /** Whether this is the long version. */
    public static boolean campaign() {
        return Boolean.getBoolean("campaign");
    }

    /** The first number in a quick run, the second in a campaign; a twentieth for each of the faults of mutation testing. */
    public static int of(int quick, int campaign) {
        return Boolean.getBoolean("mutation") ? Math.max(1, quick / 20) : campaign() ? campaign : quick;
    }

    /** Says what a part of the campaign came to, on a line that the launcher shows. */
    public static void tell(String part, String figures) {
        System.out.printf("campaign: %s: %s%n", part, figures);
    }
}
