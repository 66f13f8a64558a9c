package io.countersign.server.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.change.ChangeView.Brief;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonRenderingTest {

    @Test
    void showsWhatDiffersFromTheOtherPayload() {
        String before =
                IntStream.range(0, 40).mapToObj(i -> "key" + i + ": " + i).collect(Collectors.joining("\n", "", "\n"));
        String after = before.replace("key5: 5", "key5: five").replace("key30: 30\n", "");
        ChangeView view = ChangeRendering.compared(
                Rendered.source("text/plain", after), "AR-1", Rendered.source("text/plain", before), 0);
        ComparisonContent content = (ComparisonContent) view.content();
        assertThat(content.hunks()).hasSize(2);
        assertThat(Rendered.signed(content.hunks().getFirst().lines()))
                .containsExactly(
                        " key2: 2",
                        " key3: 3",
                        " key4: 4",
                        "-key5: 5",
                        "+key5: five",
                        " key6: 6",
                        " key7: 7",
                        " key8: 8");
        assertThat(content.linesAdded()).isEqualTo(1);
        assertThat(content.linesRemoved()).isEqualTo(2);
        assertThat(content.same()).isFalse();
        assertThat(view.summary()).containsExactly(new Brief("key5", "5", "five"));
        assertThat(view.complete()).isFalse();
        assertThat(view.leftOut()).isEqualTo("lines that are in both payloads are not shown");
    }

    @Test
    void comparesTheLinesOfTextsWithinJson() {
        String command = Rendered.string("command.json");
        ChangeView view = ChangeRendering.compared(
                Rendered.source("application/json", command.replace("replicas: 6", "replicas: 7")),
                "AR-1",
                Rendered.source("application/json", command),
                0);
        assertThat(((ComparisonContent) view.content()).hunks())
                .singleElement()
                .satisfies(hunk -> assertThat(Rendered.signed(hunk.lines()))
                        .contains("-        replicas: 6", "+        replicas: 7"));
    }

    @Test
    void saysWhenOnlyCoveredSecretsDiffer() {
        ChangeView view = ChangeRendering.compared(
                Rendered.source("text/plain", "password: aaaa-1\n"),
                "AR-1",
                Rendered.source("text/plain", "password: aaaa-2\n"),
                0);
        assertThat(view.remarks()).containsExactly("the payloads differ in covered secrets alone");
        assertThat(((ComparisonContent) view.content()).same()).isFalse();
        assertThat(view.toString()).doesNotContain("aaaa");
    }
}
