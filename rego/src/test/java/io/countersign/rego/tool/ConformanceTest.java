package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases in the format of OPA's test data: ours, and all of OPA's where they lie beside the project. */
class ConformanceTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));

    private static List<String> failures(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        Conformance run = new Conformance(lines::add, true, null);
        run.run(folder);
        assertThat(run.passed()).isPositive();
        assertThat(lines.get(lines.size() - 1)).isEqualTo(run.passed() + " passed, " + run.failed() + " failed");
        return lines.stream().filter(line -> line.startsWith("FAIL")).toList();
    }

    @Test
    void passesEveryCaseOfOurs() throws IOException, URISyntaxException {
        var cases = ConformanceTest.class.getResource("/cases");
        assertThat(cases).isNotNull();
        if (cases != null) {
            assertThat(failures(Path.of(cases.toURI()))).isEmpty();
        }
    }

    @Test
    void passesEveryCaseOfOpaWhereTheyAreAtHand() throws IOException {
        Path cases = ROOT.resolve("../shared/rego-conformance");
        if (Files.isDirectory(cases)) {
            assertThat(failures(cases)).isEmpty();
        }
    }
}
