package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.OperationEntry;
import io.countersign.server.platform.TestServer;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockWitnessTest {

    @Test
    void writesDownWhoMovedTheClock() {
        Instant start = Instant.parse("2026-03-02T09:00:00Z");
        Instant later = start.plusSeconds(86_400);
        try (TestServer server = TestServer.simulated(start, AuditDoorkeeper.SETTING)) {
            assertThat(server.post("/api/v1/clock", "timekeeper@org_acme", Map.of("to", later.toString()))
                            .status())
                    .isEqualTo(200);
            LogBook book = LogBook.on(server.database());
            book.awaitLength("org_acme", 1);
            TestServer.Answer entry = server.get("/api/v1/audit-entries/0", "auditor@org_acme");
            assertThat(entry.body().get("type").asString())
                    .isEqualTo(EntryTypes.nameOf(OperationEntry.ClockAdvanced.class));
            assertThat(entry.body().at("/actor/id").asString()).isEqualTo("per_timekeeper");
            assertThat(entry.body().at("/entry/to").asString()).isEqualTo(later.toString());
            assertThat(entry.body().get("prominent").asBoolean()).isTrue();
            assertThat(Instant.parse(entry.body().get("time").asString())).isBetween(later, later.plusSeconds(60));
        }
    }
}
