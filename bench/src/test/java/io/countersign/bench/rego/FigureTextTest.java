package io.countersign.bench.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureTextTest {

    private static final PolicyFigures KNOWN =
            new PolicyFigures("a", "data.bench.a.allow", new LinkedHashMap<>(Map.of("ns", 270.0)));
    private static final PolicyFigures OTHER =
            new PolicyFigures("x", "data.x", new LinkedHashMap<>(Map.of("ns", 1e6, "compileNs", 2.5e6)));

    @Test
    void tellsHowManyTimesOpaTakesWhereThatIsKnown() {
        assertThat(FigureText.table(List.of(KNOWN))).contains("| data.bench.a.allow | 270 |", "| 21,600 | 80.00 |");
        assertThat(FigureText.json(List.of(KNOWN))).contains("\"opaNs\": 21600", "\"timesOpa\": 80.00");
    }

    @Test
    void tellsOnlyWhatWasMeasuredOfOtherPolicies() {
        assertThat(FigureText.table(List.of(OTHER))).contains("| data.x | 1,000,000 |", "| x | 2.50 |");
        assertThat(FigureText.json(List.of(OTHER))).doesNotContain("opa", "NaN").contains("\"compileNs\": 2500000");
    }

    @Test
    void asksEveryDefaultAndTheWholePackage(@TempDir Path folder) throws IOException {
        Path inner = Files.createDirectory(folder.resolve("gate"));
        Files.writeString(
                inner.resolve("policy.rego"), "package gate\ndefault allow := false\nallow if input.x\ny := 1\n");
        Files.writeString(inner.resolve("input.json"), "{\"x\": true}");
        List<PolicyFolder> found = PolicyFolder.beneath(folder);
        assertThat(found).extracting(PolicyFolder::name).containsExactly("gate");
        assertThat(found.getFirst().questions()).containsExactly("data.gate.allow", "data.gate");
    }
}
