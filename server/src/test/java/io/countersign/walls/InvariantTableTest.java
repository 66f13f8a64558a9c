package io.countersign.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md says about tests is so. */
class InvariantTableTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));
    private static final List<String> MODULES = List.of("core", "server", "client", "cli", "e2e");

    @Test
    void everyTestOfTheTableIsThereAndShowsWhatItIsNamedFor() throws IOException {
        InvariantTable table = InvariantTable.read(Files.readString(ROOT.resolve("SECURITY.md")));
        assertThat(table.rows()).hasSizeGreaterThan(30);
        assertThat(table.complaints(tests())).isEmpty();
    }

    @Test
    void aTestThatIsNotThereAnUnknownIdAndAnInvariantLeftOutAreCaught() {
        InvariantTable table = InvariantTable.read("""
                | | what always holds | shown by |
                | --- | --- | --- |
                | Q1 | one | `GoneTest`, `VotesTest` |
                | Q2 | two | `VotesTest` |
                | Q3 | three | nobody |
                | B9 | nine | `VotesTest` |
                """);
        assertThat(table.complaints(Map.of("VotesTest", method("q1") + method("l2"))))
                .containsExactly(
                        "unknown, out of order or twice: [Q1, Q2, Q3, B9]",
                        "Q1 names GoneTest, which is no test",
                        "Q2 names VotesTest, which has no test of that name",
                        "Q3 names no test",
                        "B9 names VotesTest, which has no test of that name",
                        "VotesTest shows L2 and stands in no such row");
    }

    private static String method(String invariant) {
        return "@Test void " + invariant + "Holds() {}";
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file -> tests.merge(name(file), read(file), (one, other) -> one + other));
            }
        }
        return tests;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".java", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
