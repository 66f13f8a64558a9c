package io.countersign.walls;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of SECURITY.md that says which tests show which invariant. */
record InvariantTable(List<Row> rows) {

    /** Every id there may be, in the order of the table. */
    private static final List<String> IDS = ids("Q8", "L7", "B5", "G4", "A6", "I7", "T3");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([A-Z]\\d) \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+)`");
    private static final Pattern NAMED = Pattern.compile("void ([a-z]\\d)[A-Z]\\w*\\(");
    private static final Pattern METHOD = Pattern.compile("@(Test|RepeatedTest|ParameterizedTest)\\b");

    /** One invariant and the test classes that show it. */
    record Row(String id, List<String> tests) {}

    static InvariantTable read(String markdown) {
        return new InvariantTable(ROW.matcher(markdown)
                .results()
                .map(row -> new Row(
                        row.group(1),
                        TEST.matcher(row.group(2))
                                .results()
                                .map(test -> test.group(1))
                                .toList()))
                .toList());
    }

    /** What does not fit the test classes there are, by their names. */
    List<String> complaints(Map<String, String> sources) {
        List<String> complaints = new ArrayList<>();
        List<String> told = rows.stream().map(Row::id).toList();
        if (!told.equals(IDS.stream().filter(told::contains).toList())) {
            complaints.add("unknown, out of order or twice: " + told);
        }
        for (Row row : rows) {
            if (row.tests().isEmpty()) {
                complaints.add(row.id() + " names no test");
            }
            for (String test : row.tests()) {
                String source = sources.getOrDefault(test, "");
                if (!METHOD.matcher(source).find()) {
                    complaints.add(row.id() + " names " + test + ", which is no test");
                } else if (!named(source).isEmpty() && !named(source).contains(row.id())) {
                    complaints.add(row.id() + " names " + test + ", which has no test of that name");
                }
            }
        }
        sources.forEach((test, source) -> named(source).stream()
                .filter(id -> rows.stream()
                        .noneMatch(row -> row.id().equals(id) && row.tests().contains(test)))
                .forEach(id -> complaints.add(test + " shows " + id + " and stands in no such row")));
        return complaints;
    }

    /** The invariants that test methods of this source are named after. */
    private static List<String> named(String source) {
        List<String> named = new ArrayList<>();
        Matcher method = NAMED.matcher(source);
        while (method.find()) {
            named.add(Objects.requireNonNull(method.group(1)).toUpperCase(Locale.ROOT));
        }
        return named;
    }

    private static List<String> ids(String... lasts) {
        List<String> ids = new ArrayList<>();
        for (String last : lasts) {
            for (int number = 1; number <= last.charAt(1) - '0'; number++) {
                ids.add(last.substring(0, 1) + number);
            }
        }
        return ids;
    }
}
