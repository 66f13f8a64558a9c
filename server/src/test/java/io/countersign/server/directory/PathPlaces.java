package io.countersign.server.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the places in a path take, by the words before them. */
final class PathPlaces {

    /** A place in a path, which takes what is named by the segment before it. */
    private static final Pattern PLACE = Pattern.compile("(?<=/)([^/{}]+)/\\{[^}]+}");

    /** The kind of id that belongs behind each segment, as {@link FilledOrganization} names it. */
    static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("accounts", "acc"),
            Map.entry("bindings", "bnd"),
            Map.entry("breakglass-sessions", "session"),
            Map.entry("clusters", "cls"),
            Map.entry("environments", "env"),
            Map.entry("executions", "execution"),
            Map.entry("follow-ups", "fup"),
            Map.entry("grants", "grt"),
            Map.entry("holders", "per"),
            Map.entry("members", "per"),
            Map.entry("notification-deliveries", "ntf"),
            Map.entry("notification-destinations", "ntd"),
            Map.entry("people", "per"),
            Map.entry("permission-grants", "pgr"),
            Map.entry("projects", "prj"),
            Map.entry("releases", "rel"),
            Map.entry("requests", "req"),
            Map.entry("roles", "role"),
            Map.entry("teams", "team"),
            Map.entry("template-uses", "tpl"),
            Map.entry("templates", "tpl"),
            Map.entry("tokens", "tok"));

    /** Behind these stands a number that every organization counts for itself, and none that leads to another one. */
    static final Map<String, String> COUNTED = Map.of("audit-entries", "0", "versions", "1");

    private PathPlaces() {}

    /** The segments before the places of this path. */
    static List<String> before(String path) {
        List<String> segments = new ArrayList<>();
        Matcher place = PLACE.matcher(path);
        while (place.find()) {
            segments.add(place.group(1));
        }
        return segments;
    }

    /** The path with something in every place, by the segment before it. */
    static String fill(String path, UnaryOperator<String> bySegment) {
        return PLACE.matcher(path)
                .replaceAll(place -> Matcher.quoteReplacement(place.group(1) + "/" + bySegment.apply(place.group(1))));
    }

    /** What this organization has for the place behind this segment. */
    static String own(String segment, Map<String, String> ids) {
        String counted = COUNTED.get(segment);
        String kind = KINDS.get(segment);
        if (counted == null && (kind == null || !ids.containsKey(kind))) {
            throw new IllegalArgumentException("nothing to put behind " + segment);
        }
        return counted != null ? counted : String.valueOf(ids.get(kind));
    }
}
