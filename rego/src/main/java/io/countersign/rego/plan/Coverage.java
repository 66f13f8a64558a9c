package io.countersign.rego.plan;

import io.countersign.rego.syntax.Location;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which places of the sources an evaluation came to. For one thread at a time. */
public final class Coverage {

    private final List<Location> points = new ArrayList<>();
    private final BitSet reached = new BitSet();

    int point(Location place) {
        points.add(place);
        return points.size() - 1;
    }

    void reach(int point) {
        reached.set(point);
    }

    /** The lines that could be reached, by file; true are those that were. */
    public Map<String, Map<Integer, Boolean>> lines() {
        Map<String, Map<Integer, Boolean>> lines = new TreeMap<>();
        for (int i = 0; i < points.size(); i++) {
            Location place = points.get(i);
            lines.computeIfAbsent(place.file(), file -> new TreeMap<>())
                    .merge(place.row(), reached.get(i), Boolean::logicalOr);
        }
        return lines;
    }

    /** The places that were never reached, in order. */
    public List<Location> missed() {
        TreeSet<Location> missed = new TreeSet<>(java.util.Comparator.comparing(Location::file)
                .thenComparingInt(Location::row)
                .thenComparingInt(Location::column));
        for (int i = 0; i < points.size(); i++) {
            if (!reached.get(i)) {
                missed.add(points.get(i));
            }
        }
        return List.copyOf(missed);
    }
}
