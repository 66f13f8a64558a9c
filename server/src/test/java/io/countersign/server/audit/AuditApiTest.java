package io.countersign.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.core.action.PrincipalKind;
import io.countersign.core.audit.ApprovalEntry;
import io.countersign.core.audit.DirectoryEntry;
import io.countersign.core.audit.Entry;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class AuditApiTest {

    private static final String ENTRIES = "/api/v1/audit-entries";
    private static TestServer server;
    private static LogBook book;

    @BeforeAll
    static void start() {
        server = TestServer.start(AuditDoorkeeper.SETTING);
        book = LogBook.on(server.database());
        fill();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void fill() {
        Actor ann = LogBook.person("org_acme", "per_ann");
        Actor bob = LogBook.person("org_acme", "per_bob");
        Actor bootstrap = new Actor("org_acme", "acc_bootstrap", PrincipalKind.BOOTSTRAP, "bootstrap", "api", "call-0");
        book.append(bootstrap, new DirectoryEntry.PersonCreated("per_ann", "ann", "Ann Lee"), null);
        book.append(ann, opened("AR-1", "Ship the =payments= fix"), "req_1");
        book.append(ann, opened("AR-12", "Other things"), "req_12");
        book.append(bob, voted("AR-1", "approve", "=cmd|' /C calc'!A0"), "req_1");
        book.append(bob, voted("AR-12", "deny", null), "req_12");
        book.append(bob, LogBook.withdrawn(12, "per_bob"), "req_12");
        book.append(LogBook.person("org_other", "per_eve"), LogBook.withdrawn(1, "per_eve"), "req_1");
        book.sequenceAll();
        book.awaitLength("org_acme", 6);
    }

    private static Entry opened(String number, String reason) {
        return new ApprovalEntry.RequestOpened(
                number,
                "per_ann",
                "per_ann",
                "deploy",
                "payments/production",
                "sha256:ab",
                reason,
                Instant.parse("2026-03-02T09:00:00Z"),
                List.of(new ApprovalEntry.Demand("tpl_1", 1, "bnd_1", "Production")),
                List.of(),
                null,
                null,
                false);
    }

    private static Entry voted(String number, String vote, @Nullable String note) {
        return new ApprovalEntry.VoteCast(
                number, "vot_1", "per_bob", vote, note, null, "sha256:ab", "api", "ses_1", List.of("tpl_1"));
    }

    private static Answer search(String query) {
        return server.get(ENTRIES + query, "auditor@org_acme");
    }

    private static List<Long> leaves(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<Long> leaves = new ArrayList<>();
        answer.body()
                .get("items")
                .forEach(item -> leaves.add(item.get("leafIndex").asLong()));
        return leaves;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void listsTheLatestFirstAndOnlyOnesOwnOrganization() {
        assertThat(leaves(search(""))).containsExactly(5L, 4L, 3L, 2L, 1L, 0L);
        assertThat(leaves(server.get(ENTRIES, "auditor@org_other"))).containsExactly(0L);
        assertThat(leaves(server.get(ENTRIES, "auditor@org_new"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type=vote-cast | 4 3",
                "type=vote-cast&type=vote-withdrawn | 5 4 3",
                "type=vote-cast,vote-withdrawn | 5 4 3",
                "actor=per_ann | 2 1",
                "actor=@ann | 2 1",
                "requestId=req_12 | 5 4 2",
                "requestId=AR-12 | 5 4 2",
                "requestId=AR-1 | 3 1",
                "requestId=AR-99 | ''",
                "prominent=true | 0",
                "prominent=false | 5 4 3 2 1",
                "text=payments | 2 1",
                "text=payments/production | 2 1",
                "text=SHIP%20fix | 1",
                "text=deny | 4",
                "text=ar-12 | 5 4 2",
                "text=lee | 0",
                "text=nothing-like-it | ''",
                "text=deploy&actor=per_bob | ''",
                "from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z | ''",
                "from=2020-01-01T00:00:00Z&type=vote-cast | 4 3"
            })
    void findsWhatIsLookedFor(String query, String expected) {
        List<Long> wanted = expected.isEmpty()
                ? List.of()
                : List.of(expected.split(" ")).stream().map(Long::valueOf).toList();
        assertThat(leaves(search("?" + query))).isEqualTo(wanted);
    }

    @Test
    void looksIntoAPeriodThatIncludesItsBeginningOnly() {
        List<String> times = new ArrayList<>();
        search("")
                .body()
                .get("items")
                .forEach(item -> times.add(item.get("time").asString()));
        assertThat(leaves(search("?from=" + times.get(4) + "&to=" + times.get(2))))
                .containsExactly(2L, 1L);
    }

    @Test
    void showsWhoDidWhatAndHow() {
        JsonNode entry = server.get(ENTRIES + "/3", "auditor@org_acme").body();
        assertThat(entry.get("type").asString()).isEqualTo("vote-cast");
        assertThat(entry.get("requestId").asString()).isEqualTo("req_1");
        assertThat(entry.get("number").asString()).isEqualTo("AR-1");
        assertThat(entry.at("/actor/id").asString()).isEqualTo("per_bob");
        assertThat(entry.at("/actor/handle").asString()).isEqualTo("bob");
        assertThat(entry.at("/actor/kind").asString()).isEqualTo("person");
        assertThat(entry.at("/actor/channel").asString()).isEqualTo("api");
        assertThat(entry.at("/entry/vote").asString()).isEqualTo("approve");
        assertThat(Instant.parse(entry.get("time").asString())).isBeforeOrEqualTo(Instant.now());
        assertThat(entry.get("prominent").asBoolean()).isFalse();
    }

    @Test
    void saysThatThereIsNoEntryAtAPlaceBeyondTheEnd() {
        Answer answer = server.get(ENTRIES + "/6", "auditor@org_acme");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("audit-entry-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "type=nonsense, unknown-entry-type",
        "from=yesterday, wrong-type",
        "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z, wrong-value",
        "text=!!!, wrong-value",
        "prominent=perhaps, wrong-type",
        "cursor=bm9uc2Vuc2U, bad-cursor",
        "limit=201, wrong-value",
        "actor=, wrong-value"
    })
    void refusesWhatCannotBeLookedFor(String query, String code) {
        Answer answer = search("?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({ENTRIES, ENTRIES + "/0", ENTRIES + ".csv"})
    void isForThoseWhoMayReadTheWholeLog(String path) {
        assertThat(server.get(path, "developer@org_acme").status()).isEqualTo(403);
        assertThat(server.get(path, null).status()).isEqualTo(401);
        assertThat(server.get(path, "auditor@org_acme").status()).isEqualTo(200);
    }

    @Test
    void saysThatNobodyIsCalledSo() {
        Answer answer = search("?actor=@nobody");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("principal-not-found");
    }

    @Test
    void pagesThroughEverythingOnceWhileEntriesAreAdded() {
        Actor ann = LogBook.person("org_pages", "per_ann");
        for (int i = 0; i < 25; i++) {
            book.append(ann, LogBook.withdrawn(i, "per_ann"), "req_1");
        }
        book.sequenceAll();
        book.awaitLength("org_pages", 25);
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        do {
            Answer page = server.get(ENTRIES + "?limit=4" + cursor, "auditor@org_pages");
            seen.addAll(leaves(page));
            book.append(ann, LogBook.withdrawn(99, "per_ann"), "req_1");
            book.sequenceAll();
            cursor = page.body().has("nextCursor")
                    ? "&cursor=" + page.body().get("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        List<Long> wanted = new ArrayList<>();
        for (long leaf = 24; leaf >= 0; leaf--) {
            wanted.add(leaf);
        }
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void exportsInTheOrderOfTimeWithoutFormulas() {
        Answer export = server.get(ENTRIES + ".csv", "auditor@org_acme");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(export.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("audit-entries.csv");
        List<String> lines = export.text().lines().toList();
        assertThat(lines).hasSize(7);
        assertThat(lines.getFirst()).startsWith("leafIndex,time,type,prominent,actorId");
        assertThat(lines.get(1))
                .startsWith("\"0\",")
                .contains("\"person-created\",\"true\",\"acc_bootstrap\",\"\",\"bootstrap\"");
        assertThat(lines.get(6)).startsWith("\"5\",").contains("\"req_12\",\"AR-12\",\"{\"\"number\"\":\"\"AR-12\"\"");
    }

    @Test
    void exportsWhatTheFiltersSay() {
        Answer export = server.get(ENTRIES + ".csv?type=vote-cast&text=" + encoded("deny"), "auditor@org_acme");
        assertThat(export.text().lines().toList()).hasSize(2);
    }

    @Test
    void exportsMoreThanOneBatch() {
        Actor ann = LogBook.person("org_export", "per_ann");
        book.transactions.executeWithoutResult(transaction -> {
            for (int i = 0; i < 2_345; i++) {
                book.log.append(ann, LogBook.withdrawn(i, "per_ann"), "req_1");
            }
        });
        book.sequenceAll();
        book.awaitLength("org_export", 2_345);
        List<String> lines = server.get(ENTRIES + ".csv", "auditor@org_export")
                .text()
                .lines()
                .toList();
        assertThat(lines).hasSize(2_346);
        assertThat(lines.stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .distinct())
                .hasSize(2_345);
    }

    @Test
    void breaksAnExportOffThatCannotBeFinished() {
        book.transactions.executeWithoutResult(transaction -> {
            for (int i = 0; i < 1_500; i++) {
                String person = i == 1_400 ? "per_broken" : "per_ann";
                book.log.append(LogBook.person("org_broken", person), LogBook.withdrawn(i, person), "req_1");
            }
        });
        book.sequenceAll();
        book.awaitLength("org_broken", 1_500);
        assertThatThrownBy(() -> server.get(ENTRIES + ".csv", "auditor@org_broken"))
                .isInstanceOf(UncheckedIOException.class);
    }
}
