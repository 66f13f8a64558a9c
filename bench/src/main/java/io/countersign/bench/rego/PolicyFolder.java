package io.countersign.bench.rego;

import io.countersign.rego.Limits;
import io.countersign.rego.Policy;
import io.countersign.rego.PolicyOptions;
import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.Rule;
import io.countersign.rego.tool.PolicyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A folder with a policy, its data, and one input. */
record PolicyFolder(Path path) {

    private static final PolicyOptions OPTIONS =
            PolicyOptions.DEFAULT.limits(new Limits(1_000_000_000, Duration.ofSeconds(60), 1_000_000_000, 1000));

    /** The folder itself if it holds a policy and an input, else those beneath it that do. */
    static List<PolicyFolder> beneath(Path folder) throws IOException {
        if (isMeasured(folder)) {
            return List.of(new PolicyFolder(folder));
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(PolicyFolder::isMeasured)
                    .sorted()
                    .map(PolicyFolder::new)
                    .toList();
        }
    }

    private static boolean isMeasured(Path folder) {
        return Files.exists(folder.resolve("input.json"));
    }

    String name() {
        return String.valueOf(path.getFileName());
    }

    String inputText() throws IOException {
        return Files.readString(path.resolve("input.json"));
    }

    /** Everything from the files on: data is read, modules are parsed and compiled. */
    Policy compile() throws IOException {
        PolicyFiles files = PolicyFiles.read(List.of(path), ParserOptions.V1);
        return Policy.compile(files.modules(), files.data(), OPTIONS, null);
    }

    /** What is asked: every value that has a default, and the whole package. */
    Set<String> questions() throws IOException {
        Set<String> questions = new LinkedHashSet<>();
        for (RegoModule module :
                PolicyFiles.read(List.of(path), ParserOptions.V1).modules()) {
            String name = String.join(".", module.path());
            for (Rule rule : module.rules()) {
                if (rule.isDefault() && rule.head().args() == null) {
                    questions.add(name + "." + rule.head().name());
                }
            }
            questions.add(name);
        }
        return questions;
    }
}
