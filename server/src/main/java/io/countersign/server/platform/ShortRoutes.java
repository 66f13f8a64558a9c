package io.countersign.server.platform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the short route of a path. */
final class ShortRoutes {

    private static final Pattern PLACE = Pattern.compile("\\{[^}]+}");

    /** An id that reads the same decoded; any other goes the long way. */
    private static final String PLAIN_ID = "([A-Za-z0-9._~-]{1,200})";

    /** A route, and the id in its path. */
    record Found(ShortRoute route, String id) {}

    private record Shape(Pattern pattern, ShortRoute route) {}

    private final Map<String, Found> exact = new HashMap<>();
    private final List<Shape> shapes = new ArrayList<>();

    ShortRoutes(List<ShortRoute> routes) {
        for (ShortRoute route : routes) {
            Matcher place = PLACE.matcher(route.path());
            if (place.find()) {
                String before = Pattern.quote(route.path().substring(0, place.start()));
                String behind = Pattern.quote(route.path().substring(place.end()));
                shapes.add(new Shape(Pattern.compile(before + PLAIN_ID + behind), route));
            } else {
                exact.put(route.path(), new Found(route, ""));
            }
        }
    }

    /** The route of a path as it was sent, or null where it has to go the long way. */
    @Nullable
    Found of(String path) {
        @Nullable Found found = exact.get(path);
        if (found != null) {
            return found;
        }
        for (Shape shape : shapes) {
            Matcher matched = shape.pattern().matcher(path);
            if (matched.matches()) {
                return new Found(shape.route(), matched.group(1));
            }
        }
        return null;
    }
}
