package io.countersign.rego.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.rego.PolicyOptions;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The parser, the evaluator, the formatter and the readers of documents, with sources that nobody would write. */
class FuzzingTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));
    private static final long SEED = Long.getLong("campaign.seed", 1);
    private static final int SECONDS = Integer.getInteger("campaign.fuzz.seconds", 300);

    @TempDir
    Path folder;

    /** The sources of all cases at hand, ours and OPA's. */
    private static List<String> corpus() throws IOException {
        List<String> sources = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(ROOT.resolve("rego/src/test/resources/cases")));
        Path shared = ROOT.resolve("../shared/rego-conformance");
        if (Files.isDirectory(shared)) {
            folders.add(shared);
        }
        for (Path cases : folders) {
            try (Stream<Path> found = Files.walk(cases)) {
                for (Path file : found.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    if (YamlReader.read(Files.readString(file)) instanceof RegoObject document
                            && document.get("cases") instanceof RegoArray all) {
                        all.list().forEach(one -> modules((RegoObject) one, sources));
                    }
                }
            }
        }
        return sources;
    }

    private static void modules(RegoObject one, List<String> sources) {
        if (one.get("modules") instanceof RegoArray modules) {
            modules.list().forEach(module -> sources.add(((RegoString) module).value()));
        }
    }

    @Test
    void everySourceOfTheCorpusIsFormattedTheSameTwice() throws IOException {
        int formatted = 0;
        for (String source : corpus()) {
            formatted += FuzzTargets.format(source) ? 1 : 0;
        }
        assertThat(formatted).isPositive();
    }

    @Test
    void piecesOfSourcesInAnyOrderEndInAnAnswerOrAnError() throws IOException {
        List<String> corpus = corpus();
        Random dice = new Random(SEED);
        for (int i = 0; i < 1500; i++) {
            StringBuilder text = new StringBuilder(corpus.get(dice.nextInt(corpus.size())));
            for (int j = 0; j <= dice.nextInt(3); j++) {
                String other = corpus.get(dice.nextInt(corpus.size()));
                int from = dice.nextInt(other.length());
                int at = dice.nextInt(text.length() + 1);
                text.insert(at, other, from, Math.min(other.length(), from + dice.nextInt(40)));
                int cut = dice.nextInt(text.length());
                text.delete(cut, Math.min(text.length(), cut + dice.nextInt(10)));
            }
            if (text.length() < 5_000) {
                FuzzTargets.run(i, text.toString());
            }
        }
    }

    @Test
    void theFuzzersWayInTakesAnyBytes() {
        FuzzTargets.fuzzerTestOneInput(new byte[0]);
        FuzzTargets.fuzzerTestOneInput(new byte[] {3, '[', '1', 'e', '4', '0', '0', ']'});
        FuzzTargets.fuzzerTestOneInput(new byte[] {2, -1, -2, 0, 1});
        FuzzTargets.fuzzerTestOneInput("302E3302320".getBytes(StandardCharsets.UTF_8));
        FuzzTargets.fuzzerTestOneInput("3\"\\u".getBytes(StandardCharsets.UTF_8));
        assertThat(FuzzTargets.evaluate("package a\np := 1", PolicyOptions.DEFAULT))
                .isTrue();
    }

    /** The long version: a fuzzer that is guided by coverage, in a process of its own, from the corpus on. */
    @Test
    @EnabledIfSystemProperty(named = "campaign", matches = "true")
    void aGuidedFuzzerFindsNothing() throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        int number = 0;
        for (String source : corpus()) {
            if (source.length() < 2_000) {
                Files.writeString(
                        corpus.resolve("seed-" + number), (char) ('0' + number % 4) + source, StandardCharsets.UTF_8);
                number++;
            }
        }
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path log = folder.resolve("log");
        Process fuzzer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx2g",
                        "-cp",
                        classes,
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzTargets.class.getName(),
                        "--instrumentation_includes=io.countersign.rego.**",
                        corpus.toString(),
                        "-seed=" + (SEED % 1_000_000 + 1),
                        "-timeout=20",
                        "-rss_limit_mb=4000",
                        "-max_total_time=" + SECONDS)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int ended = fuzzer.waitFor();
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        System.out.println("campaign: fuzzing ended after " + (lines.isEmpty() ? "nothing" : lines.getLast()));
        assertThat(ended)
                .as(String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())))
                .isZero();
    }
}
