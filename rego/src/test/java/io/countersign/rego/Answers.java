package io.countersign.rego;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.RegoObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks the engine for the values of terms, for tests. */
public final class Answers {

    private Answers() {}

    /** The value of a term as Rego text, `undefined`, or `error` with its code and message; functions that fail are errors. */
    public static String of(String term) {
        try {
            Policy empty = Policy.compile(Map.of(), RegoObject.EMPTY, PolicyOptions.DEFAULT.strictErrors());
            List<RegoObject> found = empty.query("value := " + term).run(Input.absent());
            return found.isEmpty() ? "undefined" : String.valueOf(found.get(0).get("value"));
        } catch (RegoFailure failure) {
            return "error " + failure.code() + ": " + failure.errors().get(0).message();
        }
    }

    /**
     * Checks a table whose lines are a term, an arrow, and its value as Rego writes it. After `error`, the text must be
     * somewhere in the error.
     */
    public static void hold(String table) {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (String line : table.lines().toList()) {
            int arrow = line.lastIndexOf(" => ");
            if (arrow < 0) {
                continue;
            }
            checked++;
            String got = of(line.substring(0, arrow).strip());
            String wanted = line.substring(arrow + 4).strip();
            boolean same = wanted.startsWith("error ")
                    ? got.startsWith("error ") && got.contains(wanted.substring(6))
                    : got.equals(wanted);
            if (!same) {
                wrong.add(line.strip() + "    but got " + got);
            }
        }
        assertThat(checked).isPositive();
        assertThat(wrong).isEmpty();
    }
}
