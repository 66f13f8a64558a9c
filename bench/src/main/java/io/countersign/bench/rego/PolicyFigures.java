package io.countersign.bench.rego;

import java.util.SequencedMap;

/**
 * What was measured of one question to one policy.
 *
 * @param policy the folder's name
 * @param question such as `data.gate.allow`
 * @param values the figures by their names, in the order they are shown
 */
record PolicyFigures(String policy, String question, SequencedMap<String, Double> values) {

    double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }

    void put(String name, double value) {
        values.put(name, value);
    }
}
