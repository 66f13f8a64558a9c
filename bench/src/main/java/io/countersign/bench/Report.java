package io.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the page of figures from what one whole run has measured. */
final class Report {

    private static final Map<String, String> GOALS = Map.ofEntries(
            Map.entry("core.decision", "below 5 µs"),
            Map.entry("core.tally", "below 50 µs"),
            Map.entry("cli.first", "below 500 ms"),
            Map.entry(OpaFigures.NAME, "gate.check at least twice this in one run"),
            Map.entry("start.first", "below 10,000 ms"),
            Map.entry("start.second", "below 3,000 ms, below 400 MB resident"),
            Map.entry("gate.check.open", "at least 40,000/s, p99 below 4 ms"),
            Map.entry("gate.check.gated", "at least 40,000/s, p99 below 4 ms"),
            Map.entry("authzen.evaluation", "at least 35,000/s"),
            Map.entry("authzen.evaluations", "at least 150,000 decisions/s"),
            Map.entry("authzen.ask", "at least 0.5 of authzen.ask.floor"),
            Map.entry("cycle", "at least 0.5 of cycle.floor"),
            Map.entry("replay", "100,000 asks below 10,000 ms"),
            Map.entry("web.load", "at most 260 kB compressed"),
            Map.entry("web.inbox", "below 1,500 ms"),
            Map.entry("web.live", "below 300 ms"),
            Map.entry("apply.whole", "below 15,000 ms"),
            Map.entry("apply.export", "below 5,000 ms"),
            Map.entry("inbox.mine", "p99 below 20 ms, within 2x of 10,000 requests"),
            Map.entry("inbox.pending", "p99 below 20 ms, within 2x of 10,000 requests"),
            Map.entry("inbox.decided", "p99 below 20 ms, within 2x of 10,000 requests"),
            Map.entry("inbox.all", "p99 below 20 ms, within 2x of 10,000 requests"));

    /** Headings of what other programs than this measure. */
    private static final Set<String> KEPT = Set.of("## Rego");

    private Report() {}

    static void write(Path page, List<Map<String, Object>> figures) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Benchmarks",
                "",
                "Written by `./countersign bench` on " + LocalDate.now(ZoneOffset.UTC) + "; "
                        + figures.getFirst().get("cores") + " cores, which load generator, server and database share;"
                        + " Java " + figures.getFirst().get("java") + ".",
                "Other machines give other figures: compare what one run has measured with the rest of the same run.",
                "",
                "| figure | measured | conditions | goal |",
                "|---|---|---|---|"));
        figures.forEach(figure -> lines.add(row(figure)));
        Files.writeString(page, String.join("\n", lines) + "\n" + furtherParts(page));
    }

    /** What other programs measured, beneath headings of their own; everything else is gone with the run it belonged to. */
    private static String furtherParts(Path page) throws IOException {
        String before = Files.exists(page) ? Files.readString(page) : "";
        return Stream.of(before.split("(?m)^(?=## )"))
                .filter(part -> KEPT.contains(part.lines().findFirst().orElse("")))
                .map(part -> "\n" + part.strip() + "\n")
                .collect(Collectors.joining());
    }

    private static String row(Map<String, Object> figure) {
        String name = String.valueOf(figure.get("figure"));
        return "| `%s` | %s | %s | %s |"
                .formatted(name, measured(figure), conditions(figure), GOALS.getOrDefault(name, ""));
    }

    private static String measured(Map<String, Object> figure) {
        List<String> said = new ArrayList<>();
        say(said, figure, "notMeasured", "NOT MEASURED: %s");
        say(said, figure, "micros", "%s µs");
        say(said, figure, "millis", "%s ms");
        say(said, figure, "kilobytes", "%s kB");
        say(said, figure, "perSecond", "%,d/s");
        say(said, figure, "decisionsPerSecond", "%,d decisions/s");
        say(said, figure, "shareOfFloor", "%s of the floor");
        say(said, figure, "timesOpa", "%s times OPA");
        say(said, figure, "p50Millis", "p50 %s ms");
        say(said, figure, "p99Millis", "p99 %s ms");
        say(said, figure, "residentMegabytes", "%s MB resident");
        return String.join(", ", said);
    }

    private static void say(List<String> said, Map<String, Object> figure, String key, String format) {
        if (figure.containsKey(key)) {
            said.add(format.formatted(figure.get(key)));
        }
    }

    private static String conditions(Map<String, Object> figure) {
        List<String> shown = List.of(
                "conditions",
                "runs",
                "program",
                "statements",
                "asks",
                "requests",
                "pending",
                "people",
                "connections",
                "workers",
                "clients");
        return shown.stream()
                .filter(figure::containsKey)
                .map(key -> key.equals("conditions")
                        ? String.valueOf(figure.get(key))
                        : number(figure.get(key)) + " " + key)
                .map(text -> text.replace(" program", ""))
                .collect(Collectors.joining("; "));
    }

    private static String number(@Nullable Object value) {
        return value instanceof Number number ? "%,d".formatted(number.longValue()) : String.valueOf(value);
    }
}
