package io.countersign.cli.declaration;

import java.util.List;
import picocli.CommandLine.Option;

/** Which files are meant. */
final class FileOptions {

    @Option(
            names = {"-f", "--file"},
            required = true,
            arity = "1..*",
            paramLabel = "FILE|DIR",
            description = "YAML or JSON files, folders with YAML files in them, - for standard input; several are one")
    private List<String> names = List.of();

    List<String> names() {
        return List.copyOf(names);
    }
}
