package io.countersign.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    private Path folder;

    @Test
    void keepsWhatAnotherProgramMeasuresAndNothingElse() throws IOException {
        Path page = folder.resolve("benchmarks.md");
        Files.writeString(page, """
                # Benchmarks

                | `core.old` | 1 µs | | |

                ## Rego

                Measured by another program.

                ### And how

                | a | b |

                ## Parts measured later

                By hand.
                """);
        Report.write(page, List.of(figure("core.decision", Map.of("micros", 0.5))));
        assertThat(page)
                .content()
                .contains("| `core.decision` | 0.5 µs |  | below 5 µs |\n\n## Rego\n\nMeasured by another program.")
                .contains("### And how")
                .doesNotContain("core.old", "later", "By hand");
        String once = Files.readString(page);
        Report.write(page, List.of(figure("core.decision", Map.of("micros", 0.5))));
        assertThat(page).as("a second run").hasContent(once);
    }

    @Test
    void writesAPageWhereThereWasNone() throws IOException {
        Path page = folder.resolve("new.md");
        Report.write(page, List.of(figure("cli.first", Map.of("millis", 420))));
        assertThat(page)
                .content()
                .contains("| `cli.first` | 420 ms |  | below 500 ms |")
                .doesNotContain("##");
    }

    @Test
    void saysPlainlyThatOpaWasNotMeasured() throws IOException {
        Path page = folder.resolve("opa.md");
        Report.write(page, List.of(OpaFigures.notMeasured().line()));
        assertThat(page)
                .content()
                .contains("| `opa.server` | NOT MEASURED: no opa on this machine |")
                .contains("reference 15,000 to 22,000/s");
    }

    @Test
    void saysHowManyTimesOpaItIsWhereOpaWasMeasured() throws IOException {
        Path page = folder.resolve("times.md");
        Report.write(page, List.of(figure("gate.check.open", Map.of("perSecond", 44_000, "timesOpa", 2.1))));
        assertThat(page).content().contains("| 44,000/s, 2.1 times OPA |");
    }

    @Test
    void findsOpaOnThePathOnlyWhereItCanBeRun() throws IOException {
        assertThat(OpaFigures.program(folder + ":")).isEmpty();
        assertThat(OpaFigures.program(null)).isEmpty();
        Path program = Files.createFile(folder.resolve("opa"));
        assertThat(OpaFigures.program("/nowhere:" + folder)).isEmpty();
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(OpaFigures.program("/nowhere:" + folder)).contains(program);
    }

    private static Map<String, Object> figure(String name, Map<String, Object> values) {
        Figure figure = Figure.of(name);
        values.forEach(figure::with);
        return figure.line();
    }
}
