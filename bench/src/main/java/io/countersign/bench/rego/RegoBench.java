package io.countersign.bench.rego;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** The program behind `./countersign rego bench [--json] [--quick] DIR`. */
public final class RegoBench {

    private static final String USAGE = "usage: rego bench [--json] [--quick] DIR";

    private RegoBench() {}

    /** Measures the policies of a folder; ends with 2 when it was asked wrongly, and with 1 when a policy fails. */
    public static void main(String[] words) throws IOException {
        List<String> options = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (String word : words) {
            (word.startsWith("-") ? options : folders).add(word);
        }
        if (folders.size() != 1 || !List.of("--json", "--quick").containsAll(options)) {
            System.err.println(USAGE);
            System.exit(2);
        }
        Path folder = Path.of(folders.getFirst()).toAbsolutePath().normalize();
        List<PolicyFolder> policies = Files.isDirectory(folder) ? PolicyFolder.beneath(folder) : List.of();
        if (policies.isEmpty()) {
            System.err.println("rego: no folder with a policy, `data.json` and `input.json` in " + folder);
            System.exit(2);
        }
        try {
            List<PolicyFigures> figures =
                    new PolicyRuns(options.contains("--quick"), System.err::println).measure(policies);
            System.out.print(options.contains("--json") ? FigureText.json(figures) : FigureText.table(figures));
        } catch (RunnerException failure) {
            System.err.println("rego: " + failure.getMessage());
            System.exit(1);
        }
    }
}
