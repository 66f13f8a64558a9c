package io.countersign.rego.tool;

import io.countersign.rego.compile.CompileOptions;
import io.countersign.rego.compile.ModuleCompiler;
import io.countersign.rego.compile.RegoProgram;
import io.countersign.rego.plan.Engine;
import io.countersign.rego.plan.EvalLimits;
import io.countersign.rego.plan.EvalOptions;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoError;
import io.countersign.rego.syntax.RegoFailure;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs folders of cases in the format of OPA's own test data, and counts what passes. */
@SuppressWarnings("ReferenceEquality")
public final class Conformance {

    private static final EvalLimits LIMITS = new EvalLimits(50_000_000, 20_000_000_000L, 50_000_000, 2000);

    private final Consumer<String> out;
    private final boolean verbose;
    private final @Nullable String only;
    private int passed;
    private int failed;

    /** A run that says its results line by line; a verbose one says why a case failed. */
    public Conformance(Consumer<String> out, boolean verbose, @Nullable String only) {
        this.out = out;
        this.verbose = verbose;
        this.only = only;
    }

    /** How many cases passed so far. */
    public int passed() {
        return passed;
    }

    /** How many cases failed so far. */
    public int failed() {
        return failed;
    }

    /** Runs all files in a folder and the folders right beneath it. */
    public void run(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(folder)) {
            found.filter(file ->
                            file.toString().endsWith(".yaml") || file.toString().endsWith(".yml"))
                    .forEach(files::add);
        }
        Collections.sort(files);
        for (Path file : files) {
            run(folder, file);
        }
        out.accept(passed + " passed, " + failed + " failed");
    }

    private void run(Path folder, Path file) throws IOException {
        String category = folder.relativize(file).toString().replaceAll("\\.ya?ml$", "");
        int before = passed;
        int failedBefore = failed;
        Value document = YamlReader.read(Files.readString(file));
        Value cases = document instanceof RegoObject object ? object.get("cases") : null;
        if (!(cases instanceof RegoArray list)) {
            return;
        }
        for (Value one : list.list()) {
            RegoObject fields = (RegoObject) one;
            String id = text(fields, "id", category) + " " + text(fields, "note", "");
            if (only != null && !id.contains(only)) {
                continue;
            }
            String failure;
            try {
                failure = fields.get("want_errors") != null
                        ? diagnose(fields)
                        : evaluate(fields, text(fields, "id", category).startsWith("v0"));
            } catch (RuntimeException crash) {
                failure =
                        "crash: " + crash + " at " + (crash.getStackTrace().length > 0 ? crash.getStackTrace()[0] : "");
                if (only != null) {
                    crash.printStackTrace();
                }
            } catch (StackOverflowError deep) {
                failure = "crash: stack overflow";
            }
            if (failure == null) {
                passed++;
            } else {
                failed++;
                if (verbose) {
                    out.accept("FAIL " + id + "\n     " + failure.replace("\n", "\n     "));
                }
            }
        }
        if (passed + failed > before + failedBefore) {
            out.accept(String.format("%-50s %4d passed %4d failed", category, passed - before, failed - failedBefore));
        }
    }

    private static String text(RegoObject fields, String key, String otherwise) {
        return fields.get(key) instanceof RegoString s ? s.value() : otherwise;
    }

    private static boolean flag(RegoObject fields, String key) {
        return fields.get(key) == RegoBoolean.TRUE;
    }

    private static List<RegoModule> modules(RegoObject fields, ParserOptions options) {
        List<RegoModule> modules = new ArrayList<>();
        if (fields.get("modules") instanceof RegoArray sources) {
            for (int i = 0; i < sources.size(); i++) {
                String source = ((RegoString) sources.get(i)).value();
                modules.add(RegoParser.module("test-" + i + ".rego", source, options));
            }
        }
        return modules;
    }

    private @Nullable String evaluate(RegoObject fields, boolean v0) {
        try {
            return compare(fields, solve(fields, v0));
        } catch (RegoFailure failure) {
            return compareFailure(fields, failure);
        }
    }

    private static List<RegoObject> solve(RegoObject fields, boolean v0) {
        boolean experimental = flag(fields, "experimental_keywords");
        List<RegoModule> modules = modules(fields, new ParserOptions(!v0, experimental));
        RegoProgram program = new ModuleCompiler(CompileOptions.DEFAULT).compile(modules);
        Engine engine = new Engine(program, null);
        var query = program.query(RegoParser.query(text(fields, "query", ""), new ParserOptions(true, experimental)));
        Value input = fields.get("input");
        String inputTerm = text(fields, "input_term", "");
        if (!inputTerm.isEmpty()) {
            RegoProgram empty = new ModuleCompiler(CompileOptions.DEFAULT).compile(List.of());
            var term = empty.query(RegoParser.query("x := " + inputTerm, ParserOptions.V1));
            input = new Engine(empty, null)
                    .prepare(term)
                    .run(null, null, options(false))
                    .get(0)
                    .get("x");
        }
        Value data = fields.get("data");
        return engine.prepare(query)
                .run(input, data == null ? RegoObject.EMPTY : data, options(flag(fields, "strict_error")));
    }

    private static EvalOptions options(boolean strict) {
        return new EvalOptions(
                LIMITS,
                strict,
                () -> System.currentTimeMillis() * 1_000_000,
                () -> new Random(1),
                null,
                RegoObject.EMPTY,
                line -> {});
    }

    private @Nullable String compareFailure(RegoObject fields, RegoFailure failure) {
        String code = text(fields, "want_error_code", "");
        String message = text(fields, "want_error", "");
        boolean wanted = !code.isEmpty() || fields.get("want_error") != null;
        if (!wanted) {
            return "unexpected error: " + failure.getMessage();
        }
        if (!code.isEmpty() && !failure.code().equals(code)) {
            return "wanted " + code + ", got " + failure.getMessage();
        }
        return String.valueOf(failure.getMessage()).contains(message)
                ? null
                : "wanted `" + message + "`, got " + failure.getMessage();
    }

    private @Nullable String compare(RegoObject fields, List<RegoObject> solutions) {
        if (!text(fields, "want_error_code", "").isEmpty() || fields.get("want_error") != null) {
            return "wanted error " + text(fields, "want_error_code", "") + " " + text(fields, "want_error", "")
                    + ", got " + solutions;
        }
        boolean sort = flag(fields, "sort_bindings");
        Set<Value> got = new HashSet<>();
        for (RegoObject solution : solutions) {
            RegoObject.Builder bindings = new RegoObject.Builder(4);
            for (Map.Entry<Value, Value> entry : solution.entries()) {
                if (((RegoString) entry.getKey()).value().startsWith("__localq")) {
                    continue;
                }
                Value value = JsonReader.read(entry.getValue().toJson());
                bindings.put(entry.getKey(), sort ? sorted(value) : value);
            }
            got.add(bindings.build());
        }
        Set<Value> wanted = new HashSet<>();
        if (fields.get("want_result") instanceof RegoArray results) {
            for (Value result : results.list()) {
                RegoObject.Builder bindings = new RegoObject.Builder(4);
                for (Map.Entry<Value, Value> entry : ((RegoObject) result).entries()) {
                    bindings.put(entry.getKey(), sort ? sorted(entry.getValue()) : entry.getValue());
                }
                wanted.add(bindings.build());
            }
        }
        return got.equals(wanted) ? null : "wanted " + RegoSet.of(wanted) + "\ngot    " + RegoSet.of(got);
    }

    private static Value sorted(Value value) {
        if (value instanceof RegoArray array) {
            List<Value> items = new ArrayList<>(array.list());
            Collections.sort(items);
            return RegoArray.of(items);
        }
        return value;
    }

    // --- Cases that must not compile ---

    private @Nullable String diagnose(RegoObject fields) {
        String version = text(fields, "rego_version", "v1");
        List<RegoError> errors = List.of();
        try {
            ParserOptions options = new ParserOptions(!version.startsWith("v0"), flag(fields, "experimental_keywords"));
            List<RegoModule> modules = modules(fields, options);
            new ModuleCompiler(new CompileOptions(flag(fields, "strict"), flag(fields, "print_statements"), null))
                    .compile(modules);
        } catch (RegoFailure failure) {
            errors = failure.errors();
        }
        Map<String, Integer> missing = new TreeMap<>();
        RegoArray wanted = (RegoArray) fields.get("want_errors");
        for (Value value : wanted == null ? List.<Value>of() : wanted.list()) {
            RegoObject want = (RegoObject) value;
            if (errors.stream().noneMatch(error -> matches(want, error))) {
                missing.put(want.toString(), 1);
            }
        }
        if (!missing.isEmpty()) {
            return "missing " + missing.keySet() + ", got " + errors;
        }
        boolean tooMany = flag(fields, "exhaustive") && wanted != null && errors.size() != wanted.size();
        return tooMany ? "more errors than wanted: " + errors : null;
    }

    private static boolean matches(RegoObject want, RegoError error) {
        String column = want.get("col") == null ? "0" : String.valueOf(want.get("col"));
        return text(want, "code", "").equals(error.code())
                && text(want, "module", "test-0.rego").equals(error.location().file())
                && String.valueOf(want.get("row"))
                        .equals(Integer.toString(error.location().row()))
                && (column.equals("0")
                        || column.equals(Integer.toString(error.location().column())))
                && text(want, "message", "").equals(error.message());
    }
}
