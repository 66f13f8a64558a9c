package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

class AuditMetricsTest {

    private static final Pattern DOCUMENTED = Pattern.compile("`(audit_[a-z_]+)`");
    private static final Pattern SCRAPED = Pattern.compile("(?m)^# TYPE (audit_[a-z_]+) ");

    @Test
    void theDocumentNamesEveryFigureOfTheLog() throws IOException {
        Path page = Path.of(Objects.requireNonNull(System.getProperty("house.root")), "docs", "metrics.md");
        List<String> documented = DOCUMENTED
                .matcher(Files.readString(page))
                .results()
                .map(name -> name.group(1))
                .toList();
        try (TestServer server = TestServer.start(AuditDoorkeeper.SETTING)) {
            List<String> scraped = SCRAPED.matcher(server.get("/metrics", null).text())
                    .results()
                    .map(name -> name.group(1))
                    .filter(name -> !name.endsWith("_max"))
                    .toList();
            assertThat(new TreeSet<>(scraped)).isEqualTo(new TreeSet<>(documented));
        }
    }

    /** A follower, so that there is one. */
    @Component
    @ConditionalOnProperty("audit.trial")
    static final class Onlooker implements Follower {

        @Override
        public String name() {
            return "onlooker";
        }

        @Override
        public void handle(List<LogEntry> batch) {
            // It only looks.
        }
    }
}
