package io.countersign.rego.tool;

import io.countersign.rego.Explanation;
import io.countersign.rego.Input;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.RegoDecision;
import io.countersign.rego.plan.Coverage;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonWriter;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlFault;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The tools as a program: the words after `rego`. Answers 0 for success, 1 for failure, 2 for wrong usage. */
public final class RegoTools {

    private static final String USAGE = """
            rego eval QUERY [-d FILE|DIR]... [-i INPUT.json] [--strict-builtin-errors] [--v0]
                                              all solutions of a query, as JSON
            rego explain PATH [-d FILE|DIR]... [-i INPUT.json] [--trace] [--json] [--v0]
                                              why a value such as data.gate.allow is what it is, or undefined
            rego check FILE|DIR... [--strict] [--v0]
                                              say what is wrong, with file, row, code
            rego test FILE|DIR... [-r REGEX] [-v] [--coverage] [--threshold PERCENT] [--v0]
                                              run the rules called test_...
            rego fmt FILE|DIR... [-w] [--check] [--v0]
                                              format sources; -w writes them, --check names those that would change
            rego sign DIR --signing-key FILE [--signing-alg RS256] [--scope TEXT]
                                              sign the bundle in a folder
            rego coverage FILE|DIR...         the lines that the tests reach, as JSON
            rego bench DIR [--json] [--quick]
                                              measure folders of policy.rego, data.json, input.json
            rego conformance DIR [-v] [--only TEXT]
                                              run cases in the format of OPA's own test data
            With --verification-key FILE [--signing-alg RS256] [--scope TEXT] [--exclude-files-verify NAME]...,
            eval, explain, check, test and coverage only take bundles that were signed with that key.
            """;

    private RegoTools() {}

    /** Runs as a process of its own. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), Path.of("").toAbsolutePath(), System.out, System.err));
    }

    /** Runs one verb. */
    public static int run(List<String> words, Path folder, PrintStream out, PrintStream err) {
        try {
            Arguments arguments = Arguments.of(words, folder);
            return switch (arguments.verb()) {
                case "conformance" -> conformance(arguments, out);
                case "eval" -> eval(arguments, out);
                case "explain" -> explain(arguments, out);
                case "fmt" -> WritingVerbs.format(arguments, language(arguments), out);
                case "sign" -> WritingVerbs.sign(arguments, out);
                case "check" -> check(arguments, out);
                case "test" -> test(arguments, out);
                case "coverage" -> coverage(arguments, out);
                case "bench" ->
                    throw new IllegalArgumentException("`rego bench` runs on JMH, which only `./countersign` brings");
                case "help", "--help", "-h" -> {
                    out.print(USAGE);
                    yield 0;
                }
                default -> {
                    err.print(USAGE);
                    yield 2;
                }
            };
        } catch (RegoFailure failure) {
            err.println(failure.getMessage());
            return 1;
        } catch (NoSuchFileException failure) {
            err.println("rego: no such file or folder: " + failure.getMessage());
            return 1;
        } catch (IOException | JsonFault | YamlFault failure) {
            err.println("rego: " + failure.getMessage());
            return 1;
        } catch (IllegalArgumentException failure) {
            err.println("rego: " + failure.getMessage());
            return 2;
        }
    }

    private static int conformance(Arguments arguments, PrintStream out) throws IOException {
        Conformance run = new Conformance(out::println, arguments.has("-v"), arguments.value("--only"));
        run.run(arguments.path(0));
        return run.failed() == 0 ? 0 : 1;
    }

    private static ParserOptions language(Arguments arguments) {
        return arguments.has("--v0") ? ParserOptions.V0 : ParserOptions.V1;
    }

    private static PolicyFiles files(Arguments arguments, List<Path> paths) throws IOException {
        String key = arguments.value("--verification-key");
        if (key == null) {
            return PolicyFiles.read(paths, language(arguments));
        }
        String algorithm = arguments.value("--signing-alg");
        String scope = arguments.value("--scope");
        return PolicyFiles.read(
                paths,
                language(arguments),
                new BundleSignatures.Trusted(
                        WritingVerbs.keyText(arguments, key),
                        algorithm == null ? "RS256" : algorithm,
                        scope == null ? "" : scope,
                        arguments.values("--exclude-files-verify")));
    }

    /** The policy of the files named by `-d` and `-b`. */
    private static Policy policy(Arguments arguments) throws IOException {
        List<Path> paths = new ArrayList<>();
        arguments
                .values("-d", "--data", "-b", "--bundle")
                .forEach(path -> paths.add(arguments.folder().resolve(path)));
        PolicyFiles files = files(arguments, paths);
        PolicyOptions options =
                arguments.has("--strict-builtin-errors") ? PolicyOptions.DEFAULT.strictErrors() : PolicyOptions.DEFAULT;
        return Policy.compile(files.modules(), files.data(), options.print(System.err::println), null);
    }

    private static Input input(Arguments arguments) throws IOException {
        List<String> inputs = arguments.values("-i", "--input");
        return inputs.isEmpty()
                ? Input.absent()
                : Input.of(PolicyFiles.document(arguments.folder().resolve(inputs.get(0))));
    }

    private static String first(Arguments arguments, String what) {
        if (arguments.rest().isEmpty()) {
            throw new IllegalArgumentException("`rego " + arguments.verb() + "` needs " + what);
        }
        return arguments.rest().get(0);
    }

    private static int explain(Arguments arguments, PrintStream out) throws IOException {
        String path = first(arguments, "a path such as data.gate.allow");
        Explanation explanation = policy(arguments).explain(path, input(arguments));
        if (arguments.has("--json")) {
            out.println(JsonWriter.pretty(explanation.document(), "", "  ", false));
        } else {
            out.print(explanation.text());
        }
        if (arguments.has("--trace")) {
            out.println();
            explanation.steps().forEach(out::println);
        }
        return explanation.decision() instanceof RegoDecision.Failed ? 1 : 0;
    }

    private static int eval(Arguments arguments, PrintStream out) throws IOException {
        String query = first(arguments, "a query");
        List<RegoObject> solutions = solutions(policy(arguments), query, input(arguments));
        out.println(
                JsonWriter.pretty(RegoObject.of(RegoString.of("result"), RegoArray.of(solutions)), "", "  ", false));
        return 0;
    }

    /** A query of one term also gets that term's value, under the name `value`. */
    private static List<RegoObject> solutions(Policy policy, String query, Input input) {
        Policy.Query prepared;
        try {
            prepared = policy.query("value = " + query);
        } catch (RegoFailure noTerm) {
            prepared = policy.query(query);
        }
        return prepared.run(input);
    }

    private static int check(Arguments arguments, PrintStream out) throws IOException {
        PolicyFiles files = files(arguments, arguments.paths());
        PolicyOptions options = arguments.has("--strict") ? PolicyOptions.DEFAULT.strict() : PolicyOptions.DEFAULT;
        Policy.compile(files.modules(), files.data(), options.print(line -> {}), null);
        out.println(files.modules().size() + " modules, nothing wrong");
        return 0;
    }

    private static int test(Arguments arguments, PrintStream out) throws IOException {
        PolicyFiles files = files(arguments, arguments.paths());
        String only = arguments.value("-r") == null ? arguments.value("--run") : arguments.value("-r");
        double threshold = percent(arguments.value("--threshold"));
        boolean covered = arguments.has("--coverage") || arguments.has("--threshold");
        Coverage coverage = covered ? new Coverage() : null;
        List<PolicyTests.Result> results = PolicyTests.run(files, only == null ? null : pattern(only), coverage);
        int bad = 0;
        for (PolicyTests.Result result : results) {
            boolean wrong =
                    result.outcome() == PolicyTests.Outcome.FAIL || result.outcome() == PolicyTests.Outcome.ERROR;
            bad += wrong ? 1 : 0;
            if (wrong || arguments.has("-v")) {
                out.println(result.name() + ": " + result.outcome() + " (" + result.nanos() / 1000 + " µs)");
                if (!result.detail().isEmpty()) {
                    out.println("  " + result.detail().replace("\n", "\n  "));
                }
            }
        }
        long skipped = results.stream()
                .filter(r -> r.outcome() == PolicyTests.Outcome.SKIPPED)
                .count();
        out.println("PASS: " + (results.size() - bad - skipped) + "/" + results.size()
                + (bad > 0 ? ", FAIL: " + bad : "") + (skipped > 0 ? ", SKIPPED: " + skipped : ""));
        if (coverage != null) {
            double percent = PolicyTests.percent(coverage.lines());
            out.println(String.format("coverage: %.1f %%", percent));
            if (percent < threshold) {
                out.println("the coverage is below " + arguments.value("--threshold") + " %");
                return 1;
            }
        }
        return bad == 0 ? 0 : 1;
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException fault) {
            throw new IllegalArgumentException(
                    "`-r " + regex + "` is no regular expression: " + fault.getDescription());
        }
    }

    private static double percent(@Nullable String text) {
        try {
            return text == null ? 0 : Double.parseDouble(text);
        } catch (NumberFormatException fault) {
            throw new IllegalArgumentException("`--threshold` takes a number of percent, not `" + text + "`");
        }
    }

    private static int coverage(Arguments arguments, PrintStream out) throws IOException {
        PolicyFiles files = files(arguments, arguments.paths());
        Coverage coverage = new Coverage();
        List<PolicyTests.Result> results = PolicyTests.run(files, null, coverage);
        RegoObject.Builder byFile = new RegoObject.Builder(8);
        coverage.lines().forEach((file, lines) -> {
            List<Value> reached = new ArrayList<>();
            List<Value> missed = new ArrayList<>();
            lines.forEach((row, was) -> (was ? reached : missed).add(RegoNumber.of(row)));
            byFile.put(
                    file,
                    new RegoObject.Builder(2)
                            .put("covered", RegoArray.of(reached))
                            .put("not_covered", RegoArray.of(missed))
                            .build());
        });
        String percent = String.format(java.util.Locale.ROOT, "%.1f", PolicyTests.percent(coverage.lines()));
        out.println(JsonWriter.pretty(
                new RegoObject.Builder(2)
                        .put("coverage", RegoNumber.parse(percent))
                        .put("files", byFile.build())
                        .build(),
                "",
                "  ",
                false));
        return results.stream()
                        .allMatch(r ->
                                r.outcome() == PolicyTests.Outcome.PASS || r.outcome() == PolicyTests.Outcome.SKIPPED)
                ? 0
                : 1;
    }
}
