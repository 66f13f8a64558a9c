package io.countersign.rego.tool;

import io.countersign.rego.syntax.RegoFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The tools as a program: the words after `rego`. Answers 0 for success, 1 for failure, 2 for wrong usage. */
public final class RegoTools {

    private static final String USAGE = """
            rego conformance DIR [-v] [--only TEXT]   run cases in the format of OPA's own test data
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
                case "help" -> {
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
        } catch (IOException | IllegalArgumentException failure) {
            err.println("rego: " + failure.getMessage());
            return failure instanceof IOException ? 1 : 2;
        }
    }

    private static int conformance(Arguments arguments, PrintStream out) throws IOException {
        Conformance run = new Conformance(out::println, arguments.has("-v"), arguments.value("--only"));
        run.run(arguments.path(0));
        return run.failed() == 0 ? 0 : 1;
    }
}
