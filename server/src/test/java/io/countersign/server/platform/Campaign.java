package io.countersign.server.platform;

/**
 * How hard the tests try: a minute's worth by default, much longer in a campaign ({@code -Dcampaign=true}), and from which
 * seed ({@code -Dcampaign.seed=N}).
 */
public final class Campaign {

    private Campaign() {}

    /** The seed that everything generated starts from. */
    public static long seed() {
        return Long.getLong("campaign.seed", 1L);
    }

    /** Whether this is the long version. */
    public static boolean runs() {
        return Boolean.getBoolean("campaign");
    }

    /** The first number in a quick run, the second in a campaign. */
    public static int of(int quick, int campaign) {
        return runs() ? campaign : quick;
    }

    /** Says what a part of the campaign came to, on a line that the launcher shows. */
    public static void tell(String part, String figures) {
        System.out.println("campaign: " + part + ": " + figures);
    }
}
