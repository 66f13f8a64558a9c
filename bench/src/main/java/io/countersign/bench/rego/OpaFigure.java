package io.countersign.bench.rego;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What OPA took for a question of the four reference policies, in nanoseconds: the best of its versions 1.9.0 and
 * 1.20.0-dev as a library, its store as it is or made of parsed values, on two cores of another day.
 *
 * @param parsed with an input that was read before
 * @param json with an input that is read each time
 */
record OpaFigure(double parsed, double json) {

    private static final Map<String, OpaFigure> KNOWN = Map.of(
            "data.bench.a.allow", new OpaFigure(21_600, 26_900),
            "data.bench.b.allow", new OpaFigure(13_700, 20_200),
            "data.bench.b.allow_scan", new OpaFigure(5_400_000, 5_500_000),
            "data.bench.c.decision", new OpaFigure(24_600, 47_500),
            "data.bench.d", new OpaFigure(22_500_000, 30_200_000));

    /** OPA's figure for a question, or null where there is none. */
    static @Nullable OpaFigure of(String question) {
        return KNOWN.get(question);
    }
}
