package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)`");
    private static final Pattern SCRAPED = Pattern.compile("(?m)^# TYPE ([a-z_]+) ");

    /** How names begin that libraries give; their own documents tell of them. */
    private static final Set<String> OF_LIBRARIES = Set.of("jvm_", "process_", "system_", "hikaricp_", "tomcat_");

    private final TestServer server = TestServer.shared();

    @Test
    void theDocumentNamesEveryFigureOfOurOwnAndNoOther() throws IOException {
        // A call is counted when it has ended, so there is a figure of calls only after the first one.
        assertThat(server.get("/health/live", null).status()).isEqualTo(200);
        assertThat(scraped()).isEqualTo(documented());
    }

    @Test
    void theDocumentNamesTheLibrariesWhoseFiguresAreThereToo() throws IOException {
        for (String prefix : OF_LIBRARIES) {
            assertThat(text()).contains("\n" + prefix);
            assertThat(page()).contains("`" + prefix + "`");
        }
    }

    private Set<String> scraped() {
        return SCRAPED.matcher(text())
                .results()
                .map(name -> name.group(1))
                .filter(name -> OF_LIBRARIES.stream().noneMatch(name::startsWith))
                .map(name -> name.replaceFirst("_max$", "")) // the slowest of late, beside a figure that takes time
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> documented() throws IOException {
        return DOCUMENTED
                .matcher(page())
                .results()
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String text() {
        return server.get("/metrics", null).text();
    }

    private static String page() throws IOException {
        return Files.readString(
                Path.of(Objects.requireNonNull(System.getProperty("house.root")), "docs", "metrics.md"));
    }
}
