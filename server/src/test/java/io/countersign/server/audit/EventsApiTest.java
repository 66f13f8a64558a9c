package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.platform.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionTemplate;

class EventsApiTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static TestServer server;
    private static AuditLog log;

    @BeforeAll
    static void start() {
        server = TestServer.start(AuditDoorkeeper.SETTING);
        log = server.bean(AuditLog.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void withdraw(String organization, int from, int to) {
        for (int i = from; i < to; i++) {
            int number = i;
            server.database()
                    .transactions()
                    .executeWithoutResult(transaction -> LogBook.on(server.database())
                            .log
                            .append(
                                    LogBook.person(organization, "per_1"),
                                    LogBook.withdrawn(number, "per_1"),
                                    "req_" + number));
        }
    }

    private static SseReader open(String secret, String... headers) {
        return SseReader.open(server.url() + "/api/v1/events", secret, headers);
    }

    @Test
    void tellsWhatHappensFromNowOn() {
        withdraw("org_now", 0, 3);
        LogBook.on(server.database()).awaitLength("org_now", 3);
        try (SseReader stream = open("developer@org_now")) {
            withdraw("org_now", 3, 5);
            List<SseReader.Event> events = stream.take(2, SOON);
            assertThat(events).extracting(SseReader.Event::id).containsExactly("3", "4");
            SseReader.Event event = events.getFirst();
            assertThat(event.data().get("type").asString()).isEqualTo("vote-withdrawn");
            assertThat(event.data().get("leafIndex").asLong()).isEqualTo(3);
            assertThat(event.data().get("requestId").asString()).isEqualTo("req_3");
            assertThat(event.data().get("number").asString()).isEqualTo("AR-3");
            assertThat(event.data().get("actorId").asString()).isEqualTo("per_1");
            assertThat(event.data().get("time").asString()).endsWith("Z");
            assertThat(event.data().size()).isEqualTo(6);
        }
    }

    @Test
    void goesOnBehindTheLastEventThatWasSeen() {
        withdraw("org_resume", 0, 20);
        List<Long> seen = new ArrayList<>();
        try (SseReader stream = SseReader.open(server.url() + "/api/v1/events?after=-1", "auditor@org_resume")) {
            stream.take(7, SOON).forEach(event -> seen.add(Long.valueOf(event.id())));
        }
        withdraw("org_resume", 20, 25);
        try (SseReader stream = open("auditor@org_resume", "Last-Event-ID", Long.toString(seen.getLast()))) {
            stream.take(25 - seen.size(), SOON).forEach(event -> seen.add(Long.valueOf(event.id())));
        }
        assertThat(seen).isEqualTo(LongStream.range(0, 25).boxed().toList());
    }

    @Test
    void catchesUpOverMoreThanIsKeptInMemory() {
        LogBook book = LogBook.on(server.database());
        book.transactions.executeWithoutResult(transaction -> {
            for (int i = 0; i < 3_000; i++) {
                book.log.append(LogBook.person("org_much", "per_1"), LogBook.withdrawn(i, "per_1"), "req_1");
            }
        });
        book.sequenceAll();
        book.awaitLength("org_much", 3_000);
        try (SseReader stream = SseReader.open(server.url() + "/api/v1/events?after=9", "auditor@org_much")) {
            withdraw("org_much", 0, 1);
            List<SseReader.Event> events = stream.take(2_991, SOON);
            assertThat(events.stream().map(event -> Long.valueOf(event.id())))
                    .isEqualTo(LongStream.range(10, 3_001).boxed().toList());
        }
    }

    @Test
    void tellsThoseWhoDoNotReadTheLogOnlyOfRequests() {
        LogBook book = LogBook.on(server.database());
        book.append(LogBook.person("org_part", "per_1"), new DirectoryEntry.PersonCreated("per_2", "eve", "Eve"), null);
        withdraw("org_part", 0, 1);
        try (SseReader part = SseReader.open(server.url() + "/api/v1/events?after=-1", "developer@org_part");
                SseReader all = SseReader.open(server.url() + "/api/v1/events?after=-1", "auditor@org_part")) {
            assertThat(all.take(2, SOON)).extracting(SseReader.Event::id).containsExactly("0", "1");
            assertThat(part.take(1, SOON)).extracting(SseReader.Event::id).containsExactly("1");
        }
    }

    @Test
    void tellsNothingOfOtherOrganizations() {
        try (SseReader stream = open("auditor@org_mine")) {
            withdraw("org_theirs", 0, 2);
            withdraw("org_mine", 0, 1);
            assertThat(stream.take(1, SOON).getFirst().data().get("requestId").asString())
                    .isEqualTo("req_0");
        }
    }

    @Test
    void endsWhenTheCredentialIsRevoked() {
        try (SseReader stream = open("auditor@org_revoked")) {
            server.bean(AuditDoorkeeper.class).revoke("auditor@org_revoked");
            assertThat(stream.awaitEnd(SOON)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "guest@org_a, , 403, permission-missing",
        "auditor@org_a, abc, 400, wrong-value",
        "auditor@org_a, -2, 400, wrong-value",
        "auditor@org_a, 4711, 400, position-unknown"
    })
    void refusesWhoMayNotAndWhatIsNoPlace(String secret, @Nullable String after, int status, String code) {
        String query = after == null ? "" : "?after=" + after;
        TestServer.Answer answer = server.get("/api/v1/events" + query, secret);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void boundsTheStreamsOfOneCaller() {
        List<SseReader> streams = new ArrayList<>();
        try {
            for (int i = 0; i < EventStreamsJob.STREAMS_EACH; i++) {
                streams.add(open("auditor@org_many"));
            }
            TestServer.Answer answer = server.get("/api/v1/events", "auditor@org_many");
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.code()).isEqualTo("too-many-streams");
        } finally {
            streams.forEach(SseReader::close);
        }
    }

    /** Its first line is written by another thread, while filters are still at work on the call; they share the headers. */
    @Test
    void sendsItsHeadBeforeAnotherThreadWrites() {
        List<Boolean> left = server.bean(StreamWitness.class).left();
        left.clear();
        for (int i = 0; i < 20; i++) {
            open("auditor@org_head" + i).close();
        }
        assertThat(left).isNotEmpty().doesNotContain(false);
    }

    @Test
    void tellsOnOneNodeWhatAnotherDid() {
        try (TestServer other = server.beside(AuditDoorkeeper.SETTING);
                SseReader stream = SseReader.open(other.url() + "/api/v1/events", "auditor@org_nodes")) {
            server.bean(TransactionTemplate.class)
                    .executeWithoutResult(transaction ->
                            log.append(LogBook.person("org_nodes", "per_1"), LogBook.withdrawn(1, "per_1"), "req_1"));
            assertThat(stream.take(1, SOON)).extracting(SseReader.Event::id).containsExactly("0");
        }
    }

    @Test
    void endsInGoodOrderWhenTheServerStops() {
        TestServer own = TestServer.start(AuditDoorkeeper.SETTING);
        try (SseReader stream = SseReader.open(own.url() + "/api/v1/events", "auditor@org_stop")) {
            own.close();
            assertThat(stream.awaitEnd(SOON)).isTrue();
            assertThat(stream.failure()).isEmpty();
        }
    }
}
