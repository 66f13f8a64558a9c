package io.countersign.walls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A long version of a test is worth something only where the campaign runs it. */
class CampaignPartsTest {

    private static final Path ROOT = Path.of(System.getProperty("house.root", ".."));

    @Test
    void everyLongVersionIsNamedInAPartOfTheCampaign() throws IOException {
        CampaignParts parts = CampaignParts.read(Files.readString(ROOT.resolve("countersign")));
        assertThat(parts.tests().keySet()).contains("core", "server", "rego");
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    assertThat(parts.complaints(module.getFileName().toString(), sources(tests)))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void theCampaignWallCatchesALongVersionThatNobodyRunsAndAPartWithoutATest() {
        CampaignParts parts = CampaignParts.read("""
                campaign_parts=(
                  "model: -pl core test -Dtest=ModelTest,GoneTest"
                  "crash: -pl server -am test -Dtest=CrashTest"
                )
                """);
        assertThat(parts.complaints(
                        "core",
                        Map.of(
                                "ModelTest",
                                "int worlds = Effort.of(1, 2);",
                                "OtherTest",
                                "if (Effort.campaign()) {",
                                "ShortTest",
                                "Effort.tell(\"a\", \"b\");")))
                .containsExactly(
                        "OtherTest has a long version that no part of the campaign runs",
                        "the campaign names GoneTest, which is no test of core");
        assertThat(parts.complaints("server", Map.of("CrashTest", "", "SlowTest", "Campaign\n        .runs()")))
                .isEqualTo(List.of("SlowTest has a long version that no part of the campaign runs"));
    }

    private static Map<String, String> sources(Path tests) throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        // What this wall is shown as something to catch is no long version.
        sources.remove(CampaignPartsTest.class.getSimpleName());
        return sources;
    }
}
