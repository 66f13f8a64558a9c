package io.countersign.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A named moment at which nobody is ever killed shows nothing: each stands in a crash test. */
class FaultPointsTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));
    private static final Pattern POINT = Pattern.compile("FaultPoint\\s*\\.within\\(([^)]*)\\)");
    private static final Pattern TEXT = Pattern.compile("\"([a-z-]+)\"");

    @Test
    void everyFaultPointIsUsedByACrashTest() throws IOException {
        Set<String> points = points(texts(ROOT.resolve("server/src/main/java"), ".java"));
        assertThat(points).contains("ask", "vote", "redeem", "own-action");
        assertThat(unused(points, texts(ROOT.resolve("server/src/test/java"), "CrashTest.java")))
                .isEmpty();
    }

    @Test
    void theFaultPointWallCatchesAPointThatNobodyUsesAndANameThatIsNotWrittenOut() {
        assertThat(points(List.of("FaultPoint.within(\"ask\");", "FaultPoint\n    .within(name);")))
                .containsExactly("ask", "name");
        assertThat(unused(Set.of("ask", "own-ask"), List.of("dieAt(\"ask\" + moment);")))
                .containsExactly("own-ask");
    }

    /** The names of all points; what is no text stands here as it is written, and is then used by nobody. */
    private static Set<String> points(List<String> sources) {
        Set<String> points = new TreeSet<>();
        for (String source : sources) {
            Matcher point = POINT.matcher(source);
            while (point.find()) {
                Matcher text = TEXT.matcher(point.group(1));
                points.add(text.matches() ? text.group(1) : point.group(1));
            }
        }
        return points;
    }

    private static List<String> unused(Set<String> points, List<String> crashTests) {
        return points.stream()
                .filter(point -> crashTests.stream().noneMatch(source -> source.contains("\"" + point + "\"")))
                .sorted()
                .toList();
    }

    private static List<String> texts(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(FaultPointsTest::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
