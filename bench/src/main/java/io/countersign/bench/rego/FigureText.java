package io.countersign.bench.rego;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Figures as people and programs read them. */
final class FigureText {

    private static final String[] DECISIONS = {
        "question",
        "ns",
        "+/-",
        "bytes",
        "OPA's ns",
        "OPA/ours",
        "ns, JSON input",
        "OPA/ours",
        "1 thread/s",
        "2 threads/s",
        "2/1"
    };
    private static final String[] BEGINNINGS = {
        "policy", "compile ms", "first answer ms, JVM warm", "first answer ms, JVM new"
    };

    private FigureText() {}

    /** A table of the answers and one of what comes before them. */
    static String table(List<PolicyFigures> figures) {
        StringBuilder text = new StringBuilder(conditions()).append('\n');
        row(text, DECISIONS);
        rule(text, DECISIONS.length);
        for (PolicyFigures one : figures) {
            OpaFigure opa = OpaFigure.of(one.question());
            row(
                    text,
                    one.question(),
                    whole(one.value("ns")),
                    whole(one.value("nsError")),
                    whole(one.value("bytes")),
                    opa == null ? "" : whole(opa.parsed()),
                    opa == null ? "" : ratio(opa.parsed(), one.value("ns")),
                    whole(one.value("nsWithJsonInput")),
                    opa == null ? "" : ratio(opa.json(), one.value("nsWithJsonInput")),
                    whole(one.value("perSecond1Thread")),
                    whole(one.value("perSecond2Threads")),
                    ratio(one.value("perSecond2Threads"), one.value("perSecond1Thread")));
        }
        text.append('\n');
        row(text, BEGINNINGS);
        rule(text, BEGINNINGS.length);
        figures.stream()
                .filter(one -> one.values().containsKey("compileNs"))
                .forEach(one -> row(
                        text,
                        one.policy(),
                        millis(one.value("compileNs")),
                        millis(one.value("firstNs")),
                        millis(one.value("coldNs"))));
        return text.toString();
    }

    /** The same as one document. */
    static String json(List<PolicyFigures> figures) {
        StringJoiner all = new StringJoiner(",\n", "[\n", "\n]\n");
        for (PolicyFigures one : figures) {
            StringJoiner members = new StringJoiner(", ", "  {", "}");
            members.add("\"policy\": " + quoted(one.policy()));
            members.add("\"path\": " + quoted(one.question()));
            for (Map.Entry<String, Double> entry : one.values().entrySet()) {
                if (Double.isFinite(entry.getValue())) {
                    members.add("\"" + entry.getKey() + "\": " + number(entry.getValue()));
                }
            }
            OpaFigure opa = OpaFigure.of(one.question());
            if (opa != null) {
                members.add("\"opaNs\": " + number(opa.parsed()));
                members.add("\"opaNsWithJsonInput\": " + number(opa.json()));
                members.add("\"timesOpa\": " + ratio(opa.parsed(), one.value("ns")));
                members.add("\"timesOpaWithJsonInput\": " + ratio(opa.json(), one.value("nsWithJsonInput")));
            }
            all.add(members.toString());
        }
        return all.toString();
    }

    private static String conditions() {
        return "%d cores, Java %s, JMH: time of one answer, one fork each; OPA's figures are of another day%n"
                .formatted(Runtime.getRuntime().availableProcessors(), System.getProperty("java.version"));
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static void rule(StringBuilder text, int cells) {
        text.append("|---".repeat(cells)).append("|\n");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String number(double value) {
        return Long.toString(Math.round(value));
    }

    private static String whole(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%,d", Math.round(value)) : "";
    }

    private static String ratio(double of, double to) {
        return String.format(Locale.ROOT, "%.2f", of / to);
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f", nanos / 1e6);
    }
}
