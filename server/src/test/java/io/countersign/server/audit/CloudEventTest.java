package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.audit.DirectoryEntry;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Live events as CloudEvents 1.0. */
class CloudEventTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String FROM_THE_BEGINNING = "/api/v1/events?format=cloudevents&after=-1";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z-]+)` \\| `(io\\.countersign\\.[a-z.-]+)` \\|");

    /** The attributes there are; an extension would be lower-case letters and digits only. */
    private static final List<String> ATTRIBUTES =
            List.of("specversion", "id", "source", "type", "time", "subject", "datacontenttype", "data");

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(
                AuditDoorkeeper.SETTING, "--countersign.server.public-url=https://gate.example.com/countersign/");
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
                    .executeWithoutResult(_ -> LogBook.on(server.database())
                            .log
                            .append(
                                    LogBook.person(organization, "per_1"),
                                    LogBook.withdrawn(number, "per_1"),
                                    "req_" + number));
        }
    }

    private static SseReader open(String secret, String... headers) {
        return SseReader.open(server.url() + FROM_THE_BEGINNING, secret, headers);
    }

    @Test
    void haveEveryRequiredAttributeInItsForm() {
        LogBook.on(server.database())
                .append(
                        LogBook.person("org_form", "per_1"),
                        new DirectoryEntry.PersonCreated("per_2", "eve", "Eve"),
                        null);
        withdraw("org_form", 0, 2);
        try (SseReader stream = open("auditor@org_form")) {
            List<SseReader.Event> events = stream.take(3, SOON);
            for (SseReader.Event event : events) {
                JsonNode cloud = event.data();
                assertThat(cloud.propertyNames()).isSubsetOf(ATTRIBUTES);
                for (String required : List.of("specversion", "id", "source", "type")) {
                    assertThat(cloud.path(required).isString()).as(required).isTrue();
                    assertThat(cloud.path(required).asString()).isNotEmpty();
                }
                assertThat(cloud.path("specversion").asString()).isEqualTo("1.0");
                assertThat(cloud.path("id").asString()).isEqualTo("org_form/" + event.id());
                assertThat(URI.create(cloud.path("source").asString()))
                        .isEqualTo(URI.create("https://gate.example.com/countersign/organizations/org_form"));
                assertThat(OffsetDateTime.parse(cloud.path("time").asString())).isNotNull();
                assertThat(cloud.path("datacontenttype").asString()).isEqualTo("application/json");
                assertThat(cloud.path("data").path("leafIndex").asLong()).isEqualTo(Long.parseLong(event.id()));
            }
            JsonNode created = events.getFirst().data();
            assertThat(created.path("type").asString()).isEqualTo("io.countersign.person.created");
            assertThat(created.has("subject")).isFalse();
            JsonNode withdrawn = events.getLast().data();
            assertThat(withdrawn.path("type").asString()).isEqualTo("io.countersign.vote.withdrawn");
            assertThat(withdrawn.path("subject").asString()).isEqualTo("AR-1");
        }
    }

    @Test
    void goOnWhereTheConnectionBrokeOffWithTheSameIds() {
        withdraw("org_cut", 0, 20);
        List<String> ids = new ArrayList<>();
        String last;
        try (SseReader stream = open("auditor@org_cut")) {
            List<SseReader.Event> events = stream.take(7, SOON);
            events.forEach(event -> ids.add(event.data().path("id").asString()));
            last = events.getLast().id();
        }
        withdraw("org_cut", 20, 25);
        try (SseReader stream = open("auditor@org_cut", "Last-Event-ID", last)) {
            stream.take(18, SOON)
                    .forEach(event -> ids.add(event.data().path("id").asString()));
        }
        assertThat(ids)
                .isEqualTo(LongStream.range(0, 25)
                        .mapToObj(leaf -> "org_cut/" + leaf)
                        .toList());
    }

    @Test
    void areOfRequestsOnlyForThoseWhoDoNotReadTheLog() {
        LogBook.on(server.database())
                .append(
                        LogBook.person("org_some", "per_1"),
                        new DirectoryEntry.PersonCreated("per_2", "eve", "Eve"),
                        null);
        withdraw("org_some", 0, 1);
        try (SseReader stream = open("developer@org_some")) {
            assertThat(stream.take(1, SOON).getFirst().data().path("id").asString())
                    .isEqualTo("org_some/1");
        }
    }

    @Test
    void areTheOnlyOtherFormat() {
        Answer answer = server.get("/api/v1/events?format=xml", "auditor@org_form");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("\"field\":\"format\"");
    }

    @Test
    void haveTheTypesThatTheDocumentLists() throws IOException {
        Map<String, String> types = new TreeMap<>();
        EntryTypes.names().forEach(name -> types.put(name, CloudEvent.typeOf(name)));
        assertThat(types).containsEntry("request-opened", "io.countersign.request.created");
        assertThat(types.values())
                .doesNotHaveDuplicates()
                .allMatch(type -> type.matches("io\\.countersign\\.[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*"));
        Path page = Path.of(Objects.requireNonNull(System.getProperty("house.root")), "docs", "events.md");
        Map<String, String> documented = new TreeMap<>();
        ROW.matcher(Files.readString(page)).results().forEach(row -> documented.put(row.group(1), row.group(2)));
        assertThat(documented)
                .as("docs/events.md: a row `| `entry` | `type` |` for every kind of entry")
                .isEqualTo(types);
    }
}
