package io.countersign.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.countersign.e2e.Screen.button;
import static io.countersign.e2e.Screen.dialog;
import static io.countersign.e2e.Screen.field;
import static io.countersign.e2e.Screen.main;
import static io.countersign.e2e.Screen.radio;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was executed because no rule held it: it is listed, and its lost outcome is settled by whoever may. */
class ExecutionsTest {

    private static final Instant NOW = Instant.parse("2027-01-04T09:00:00Z");
    private static final Instant AN_HOUR_LATER = NOW.plus(Duration.ofMinutes(61));
    private static final String STAGING = "payments/staging";
    private static final String SETTLE = "Settle the outcome of Release deploy on " + STAGING;

    private static FreshServer server;
    private static Colleague admin;
    private static Colleague ann;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        server = FreshServer.start("--simulated-clock=" + NOW);
        admin = Colleague.enrol(server.url(), server.firstLink(), Demo.PASSWORD);
        ann = admin.add("ann", "Ann Arendt", Demo.PASSWORD, "developer");
        admin.add("bob", "Bob Berger", Demo.PASSWORD, "developer");
        String project = admin.post("/api/v1/projects", Map.of("name", "payments"))
                .path("id")
                .asString();
        admin.post("/api/v1/environments", Map.of("projectId", project, "name", "staging", "tier", "staging"));
        chromium = Chromium.open();
    }

    @AfterAll
    static void close() {
        chromium.close();
        server.close();
    }

    @Test
    void whoExecutedWritesDownAnOutcomeThatNobodyReported() {
        try (Chromium.Visit visit = chromium.visit(server.url()).as("ann");
                Chromium.Visit other = chromium.visit(server.url()).as("bob")) {
            Page page = visit.at("/executions");
            assertThat(main(page)).containsText("Nothing was executed without a request.");
            ann.execute("release.deploy", STAGING, "payments 1.3");
            visit.at("/executions");
            assertThat(main(page)).containsText("Release deploy on " + STAGING);
            assertThat(button(page, SETTLE)).isHidden();

            admin.post("/api/v1/clock", Map.of("to", AN_HOUR_LATER.toString()));
            Page seenByBob = other.at("/executions");
            assertThat(main(seenByBob)).containsText("Nobody has told how it went.");
            assertThat(button(seenByBob, SETTLE)).isHidden();

            visit.at("/executions?state=outcome-unknown");
            button(page, SETTLE).click();
            Locator dialog = dialog(page, "How did it go?");
            button(dialog, "Write it down").click();
            assertThat(dialog).containsText("Choose one.");
            assertThat(dialog).containsText("Say how you know.");
            radio(dialog, "It failed").check();
            field(dialog, "How do you know?").fill("The pods never became ready.");
            button(dialog, "Write it down").click();
            assertThat(dialog).isHidden();
            assertThat(main(page)).containsText("Every outcome is known.");

            visit.at("/executions?state=failed");
            assertThat(main(page)).containsText("The pods never became ready.");
            assertThat(button(page, SETTLE)).isHidden();
            assertThat(visit.complaints()).isEmpty();
            assertThat(other.complaints()).isEmpty();
        }
    }
}
