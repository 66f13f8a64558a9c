package io.countersign.walls;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.walls.Sizes.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a reader has to hold in one head stays small: the longest files and methods grow no longer. */
class SizesTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));

    private static final int LONGEST_FILE = 450;

    /** Grammars, number formats and their like are of one piece. */
    private static final int LONGEST_FILE_OF_REGO = 600;

    private static final int LONGEST_METHOD = 60;

    /** Lists that are read line by line, however many lines they have. */
    private static final Map<String, String> LISTS = Map.of(
            "ApprovalProblems.of", "one sentence for each refusal",
            "ApprovalEntries.of", "one entry for each event",
            "Notices.glass", "one headline for each entry of break-glass",
            "GoTime.element", "one line for each element of a layout",
            "CryptoFunctions.register", "one line for each built-in",
            "NumberFunctions.register", "one line for each built-in",
            "PatternFunctions.register", "one line for each built-in",
            "StringFunctions.register", "one line for each built-in");

    @Test
    void filesAreShort() {
        Sizes sizes = new Sizes(Sources.beneath(ROOT));
        assertThat(sizes.filesAbove(LONGEST_FILE, "rego", false)).isEmpty();
        assertThat(sizes.filesAbove(LONGEST_FILE_OF_REGO, "rego", true)).isEmpty();
    }

    @Test
    void methodsAreShortButForLists() {
        List<Method> methods = new Sizes(Sources.beneath(ROOT)).methods();
        assertThat(methods).hasSizeGreaterThan(5_000);
        assertThat(methods.stream()
                        .filter(method -> method.lines() > LONGEST_METHOD)
                        .map(Method::fullName))
                .containsExactlyInAnyOrderElementsOf(LISTS.keySet());
    }

    @Test
    void theWallMeasuresFilesMethodsAndConstructors() {
        Sizes sizes = new Sizes(new Sources(List.of(Sources.source("Long", """
                package io.countersign.rego;

                class Long {

                    Long() {
                        super();
                    }

                    void two() {
                        one();
                        one();
                    }

                    abstract void one();
                }
                """))));
        assertThat(sizes.filesAbove(14, "rego", true)).containsExactly("Long");
        assertThat(sizes.filesAbove(15, "rego", true)).isEmpty();
        assertThat(sizes.filesAbove(14, "rego", false)).isEmpty();
        assertThat(sizes.methods())
                .extracting(method -> method.fullName() + " " + method.lines())
                .containsExactly("Long.<init> 2", "Long.two 3");
    }
}
