package io.countersign.walls;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the launcher's campaign runs, as its list of parts says.
 *
 * @param tests the names of test classes by the module whose part names them
 */
record CampaignParts(Map<String, List<String>> tests) {

    private static final Pattern PART = Pattern.compile("(?m)^  \"[a-z]+: -pl (\\w+) [^\"]*-Dtest=([\\w,]+)\"$");
    /** Asked for by a test itself, by an annotation, or through what those that kill servers share. */
    private static final Pattern LONG_VERSION = Pattern.compile("\\b(Campaign|Effort)\\s*\\.(of|runs|campaign)\\(|"
            + "named = \"campaign\"|ProvingGround\\s*\\.moments\\(");

    static CampaignParts read(String launcher) {
        Map<String, List<String>> tests = new TreeMap<>();
        Matcher part = PART.matcher(launcher);
        while (part.find()) {
            tests.computeIfAbsent(part.group(1), _ -> new ArrayList<>())
                    .addAll(List.of(part.group(2).split(",", -1)));
        }
        return new CampaignParts(tests);
    }

    /** Whether this source says that there is a long version of it. */
    static boolean hasLongVersion(String source) {
        return LONG_VERSION.matcher(source).find();
    }

    /**
     * What does not fit the test classes of a module: a long version that no part names, a part that names nobody.
     *
     * @param sources the texts of the module's test classes by their names
     */
    List<String> complaints(String module, Map<String, String> sources) {
        List<String> complaints = new ArrayList<>();
        List<String> named = tests.getOrDefault(module, List.of());
        new TreeMap<>(sources).forEach((name, source) -> {
            if (name.endsWith("Test") && hasLongVersion(source) && !named.contains(name)) {
                complaints.add(name + " has a long version that no part of the campaign runs");
            }
        });
        named.stream()
                .filter(name -> !sources.containsKey(name))
                .forEach(name -> complaints.add("the campaign names " + name + ", which is no test of " + module));
        return complaints;
    }
}
