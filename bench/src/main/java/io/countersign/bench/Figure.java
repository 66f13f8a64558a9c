package io.countersign.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** One measured figure, printed as a JSON line with the conditions it was measured under. */
final class Figure {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<Map<String, Object>> PRINTED = new ArrayList<>();

    private final Map<String, Object> line = new LinkedHashMap<>();

    private Figure(String name) {
        line.put("figure", name);
        line.put("cores", Runtime.getRuntime().availableProcessors());
        line.put("java", Runtime.version().toString());
    }

    static Figure of(String name) {
        return new Figure(name);
    }

    Figure with(String condition, Object value) {
        line.put(condition, value);
        return this;
    }

    /** Adds rate and percentiles of the durations, which are nanoseconds. */
    Figure times(long[] nanos, double seconds) {
        Arrays.sort(nanos);
        line.put("perSecond", Math.round(nanos.length / seconds));
        line.put("p50Millis", millis(nanos, 0.50));
        line.put("p99Millis", millis(nanos, 0.99));
        return this;
    }

    /** What is known of it so far. */
    Map<String, Object> line() {
        return Collections.unmodifiableMap(line);
    }

    void print() {
        PRINTED.add(line);
        System.out.println(JSON.writeValueAsString(line));
    }

    /** Everything this run has measured so far. */
    static List<Map<String, Object>> printed() {
        return List.copyOf(PRINTED);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : Math.round(sorted[(int) Math.min(sorted.length - 1L, Math.round(share * sorted.length))] / 1e4) / 1e2;
    }
}
