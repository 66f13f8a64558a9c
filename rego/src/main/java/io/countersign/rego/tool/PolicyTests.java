package io.countersign.rego.tool;

import io.countersign.rego.Input;
import io.countersign.rego.Limits;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.RegoDecision;
import io.countersign.rego.plan.Coverage;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.value.RegoBoolean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Runs the rules called `test_...`: each passes when it is true. `todo_test_...` are only counted. */
public final class PolicyTests {

    /** What became of one test. */
    public record Result(String name, Outcome outcome, String detail, long nanos) {}

    /** What can become of a test. */
    public enum Outcome {
        /** True. */
        PASS,
        /** Undefined or anything but true. */
        FAIL,
        /** It ended in an error. */
        ERROR,
        /** Not run: still to be done. */
        SKIPPED
    }

    private static final Limits LIMITS = new Limits(1_000_000_000, Duration.ofSeconds(30), 1_000_000_000, 1000);

    private PolicyTests() {}

    /**
     * Runs all tests, or those whose full names contain a match.
     *
     * @param coverage notes the lines that were reached, or null
     * @throws io.countersign.rego.syntax.RegoFailure if the modules do not compile
     */
    public static List<Result> run(PolicyFiles files, @Nullable Pattern only, @Nullable Coverage coverage) {
        List<String> printed = new ArrayList<>();
        PolicyOptions options = PolicyOptions.DEFAULT.limits(LIMITS).print(printed::add);
        Policy policy = Policy.compile(files.modules(), files.data(), options, coverage);
        List<Result> results = new ArrayList<>();
        for (String name : names(files.modules())) {
            if (only != null && !only.matcher(name).find()) {
                continue;
            }
            if (name.substring(name.lastIndexOf('.') + 1).startsWith("todo_")) {
                results.add(new Result(name, Outcome.SKIPPED, "", 0));
                continue;
            }
            printed.clear();
            long start = System.nanoTime();
            RegoDecision decision = policy.question(name).ask(Input.absent());
            long nanos = System.nanoTime() - start;
            String said = String.join("\n", printed);
            results.add(
                    switch (decision) {
                        case RegoDecision.Defined d ->
                            new Result(
                                    name,
                                    RegoBoolean.TRUE.equals(d.value()) ? Outcome.PASS : Outcome.FAIL,
                                    said,
                                    nanos);
                        case RegoDecision.Undefined u -> new Result(name, Outcome.FAIL, said, nanos);
                        case RegoDecision.Failed f ->
                            new Result(name, Outcome.ERROR, f.errors().get(0).toString(), nanos);
                    });
        }
        return results;
    }

    private static Set<String> names(List<RegoModule> modules) {
        Set<String> names = new LinkedHashSet<>();
        for (RegoModule module : modules) {
            for (Rule rule : module.rules()) {
                String name = rule.head().name();
                boolean plain =
                        rule.head().ref().path().isEmpty() && !rule.head().isSet();
                if (plain && (name.startsWith("test_") || name.startsWith("todo_test_"))) {
                    names.add(String.join(".", module.path()) + "." + name);
                }
            }
        }
        return names;
    }

    /** The share of lines that were reached, from 0 to 100. */
    public static double percent(Map<String, Map<Integer, Boolean>> lines) {
        long all = 0;
        long reached = 0;
        for (Map<Integer, Boolean> file : lines.values()) {
            all += file.size();
            reached += file.values().stream().filter(Boolean::booleanValue).count();
        }
        return all == 0 ? 100 : 100.0 * reached / all;
    }
}
