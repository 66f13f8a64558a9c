package io.countersign.server.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.countersign.server.directory.TestOrganization;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import io.countersign.server.platform.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Destinations over the API and what becomes of deliveries to them, by a clock that the tests move. */
class DestinationsTest {

    private static final String ADDED = "io.countersign.notification-destination.added";
    private static final String DISABLED = "io.countersign.notification-destination.disabled";

    private static TestServer server;
    private static Receiver receiver;
    private TestOrganization ours;

    @BeforeAll
    static void start() {
        receiver = new Receiver();
        server = TestServer.simulatedForMonths(
                Instant.parse("2026-03-02T09:00:00Z"),
                "--countersign.webhooks.allowed-networks=127.0.0.0/8",
                "--countersign.webhooks.plain-http=true");
    }

    @AfterAll
    static void stop() {
        server.close();
        receiver.close();
    }

    @BeforeEach
    void organization() {
        ours = TestOrganization.on(server);
    }

    private Answer add(String name, String address) {
        return ours.post(
                "/notification-destinations",
                ours.admin(),
                Map.of("means", "webhook", "name", name, "address", address));
    }

    private JsonNode added(String name, String address) {
        Answer made = add(name, address);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body();
    }

    private String path(String name) {
        return "/" + ours.handle() + "/" + name;
    }

    private List<JsonNode> deliveries(String query) {
        return ours.get("/notification-deliveries" + query, ours.admin())
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private JsonNode delivery(String recipient, String about) {
        return deliveries("?recipient=" + recipient).stream()
                .filter(found -> found.path("about").asString().equals(about))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private List<JsonNode> entries(String type) {
        return ours.get("/audit-entries?limit=200&type=" + type, ours.admin())
                .body()
                .path("items")
                .valueStream()
                .toList();
    }

    private void passTo(Instant moment) {
        Answer moved = ours.post("/clock", ours.admin(), Map.of("to", moment.toString()));
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
    }

    private void pass(Duration length) {
        passTo(Instant.parse(ours.get("/clock", ours.admin()).body().path("now").asString())
                .plus(length));
    }

    private static void eventually(BooleanSupplier so) {
        long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void whoMayNotChangeAWebhookSeesNoPathThatMayBeASecret() {
        String id =
                added("Chat", receiver.url(path("hidden/token456"))).path("id").asString();
        String reader = ours.signedIn("cora", "compliance_officer");
        for (String route :
                List.of("/notification-destinations", "/notification-destinations/" + id, "/notification-audience")) {
            assertThat(ours.get(route, ours.admin()).text()).as(route).contains("token456");
            Answer read = ours.get(route, reader);
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.text()).as(route).doesNotContain("token456").contains("http://127.0.0.1");
        }
    }

    @Test
    void aWebhooksSecretIsShownOnceAndNowhereElse() {
        Logger ourLog = (Logger) LoggerFactory.getLogger("io.countersign");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        Level before = ourLog.getLevel();
        lines.start();
        ourLog.addAppender(lines);
        ourLog.setLevel(Level.TRACE);
        JsonNode made;
        String body = "{\"means\":\"webhook\",\"name\":\"SIEM\",\"address\":\"" + receiver.url(path("hidden/token123"))
                + "\"}";
        try {
            Answer first = keyed(body);
            made = first.body();
            Answer again = keyed(body);
            assertThat(again.body().path("notice").asString()).isEqualTo("secret-already-shown");
            assertThat(again.text()).doesNotContain("whsec_");
            receiver.await(path("hidden/token123"), ADDED);
            eventually(() -> entries("notification-delivered").size() == 1);
        } finally {
            ourLog.setLevel(before);
            ourLog.detachAppender(lines);
        }
        String secret = made.path("secret").asString();
        assertThat(secret).startsWith("whsec_");
        String bare = secret.substring("whsec_".length());
        assertThat(lines.list)
                .noneMatch(line -> line.getFormattedMessage().contains(bare)
                        || line.getFormattedMessage().contains("token123"));
        assertThat(ours.get("/audit-entries?limit=200", ours.admin()).text()).doesNotContain(bare, "token123");
        assertThat(ours.get("/notification-destinations", ours.admin()).text()).doesNotContain("whsec_", bare);
        assertThat(server.database()
                        .owner()
                        .sql("SELECT secret FROM notification_destination WHERE id = :id")
                        .param("id", made.path("id").asString())
                        .query(String.class)
                        .single())
                .startsWith("v1.")
                .doesNotContain(bare);
        Receiver.Call call = receiver.await(path("hidden/token123"), ADDED);
        assertThat(call.headers().toString() + call.body()).doesNotContain(bare);
    }

    private Answer keyed(String body) {
        return server.call(
                "POST",
                "/api/v1/notification-destinations",
                ours.admin(),
                body,
                "Idempotency-Key",
                "one-key-" + ours.handle());
    }

    @Test
    void refusesAddressesThatNothingIsSentTo() {
        for (String address : List.of("ftp://x.example/", "https://user:pw@x.example/", "x", "https://x.example/#a")) {
            Answer refused = add("x", address);
            assertThat(refused.code()).as(address).isEqualTo("address-refused");
            assertThat(refused.text()).doesNotContain("user:pw");
        }
        for (String address : List.of("x", "a@b.example, c@d.example", "A <a@b.example>", "a@b.example\\r\\nBcc: x")) {
            Answer refused = ours.post(
                    "/notification-destinations",
                    ours.admin(),
                    Map.of("means", "email", "name", "x", "address", address));
            assertThat(refused.code()).as(address).isEqualTo("wrong-value");
        }
        assertThat(add("", receiver.url("/x")).code()).isEqualTo("wrong-value");
    }

    @Test
    void namesAreUniqueAndEditsNameTheirVersion() {
        String one = added("one", receiver.url(path("one"))).path("id").asString();
        added("two", receiver.url(path("two")));
        assertThat(add("ONE", receiver.url(path("x"))).code()).isEqualTo("name-taken");
        String address = "/notification-destinations/" + one;
        assertThat(ours.patch(address, ours.admin(), Map.of("name", "two")).code())
                .isEqualTo("name-taken");
        Answer renamed =
                ours.patch(address, ours.admin(), Map.of("name", "SOC", "address", receiver.url(path("moved"))));
        assertThat(renamed.body().path("version").asInt()).isEqualTo(2);
        receiver.await(path("moved"), "io.countersign.notification-destination.changed");
        assertThat(server.call("PATCH", "/api/v1" + address, ours.admin(), Map.of("name", "x"), "If-Match", "\"1\"")
                        .code())
                .isEqualTo("version-changed");
        assertThat(ours.delete(address, ours.admin()).status()).isEqualTo(204);
        assertThat(ours.get(address, ours.admin()).code()).isEqualTo("notification-destination-not-found");
        added("SOC", receiver.url(path("again")));
    }

    @Test
    void anOrganizationHasAtMostTwenty() {
        for (int i = 0; i < 20; i++) {
            Answer made = ours.post(
                    "/notification-destinations",
                    ours.admin(),
                    Map.of("means", "email", "name", "d" + i, "address", "d" + i + "@x.example"));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
        }
        assertThat(add("more", receiver.url("/x")).code()).isEqualTo("too-many-destinations");
    }

    @Test
    void aTestSaysWhatBecameOfIt() {
        String id = added("SIEM", receiver.url(path("siem"))).path("id").asString();
        Answer good = ours.post("/notification-destinations/" + id + "/tests", ours.admin(), null);
        assertThat(good.body().path("delivered").asBoolean()).isTrue();
        receiver.await(path("siem"), "io.countersign.notification.test");
        receiver.answer(path("siem"), 401);
        Answer bad = ours.post("/notification-destinations/" + id + "/tests", ours.admin(), null);
        assertThat(bad.body().path("delivered").asBoolean()).isFalse();
        assertThat(bad.body().path("result").asString()).isEqualTo("status 401");
        eventually(() -> entries("notification-destination-tested").size() == 2);
        String mail = ours.post(
                        "/notification-destinations",
                        ours.admin(),
                        Map.of("means", "email", "name", "SOC", "address", "soc@x.example"))
                .body()
                .path("id")
                .asString();
        assertThat(ours.post("/notification-destinations/" + mail + "/tests", ours.admin(), null)
                        .body()
                        .path("result")
                        .asString())
                .contains("no SMTP server");
    }

    @Test
    void afterARotationBothSecretsSignForADay() {
        JsonNode made = added("SIEM", receiver.url(path("siem")));
        String tests = "/notification-destinations/" + made.path("id").asString() + "/tests";
        String rotation = "/notification-destinations/" + made.path("id").asString() + "/secret-rotation";
        String earlier = made.path("secret").asString();
        String later =
                ours.post(rotation, ours.admin(), null).body().path("secret").asString();
        assertThat(later).isNotEqualTo(earlier);
        ours.post(tests, ours.admin(), null);
        Receiver.Call both = lastTest();
        assertThat(both.signedWith(earlier)).isTrue();
        assertThat(both.signedWith(later)).isTrue();
        pass(Duration.ofHours(24));
        ours.post(tests, ours.admin(), null);
        Receiver.Call one = lastTest();
        assertThat(one.signedWith(earlier)).isFalse();
        assertThat(one.signedWith(later)).isTrue();
    }

    private Receiver.Call lastTest() {
        return receiver.calls(path("siem")).stream()
                .filter(call -> call.json().path("type").asString().equals("io.countersign.notification.test"))
                .toList()
                .getLast();
    }

    @Test
    void whatEndedLongAgoIsForgottenAndTheLogStillTellsIt() {
        String up = added("up", receiver.url(path("up"))).path("id").asString();
        receiver.answer(path("down"), 500);
        String down = added("down", receiver.url(path("down"))).path("id").asString();
        eventually(() -> delivery(down, "notification-destination-added").has("lastError"));
        eventually(() -> entries("notification-delivered").size() == 2);
        OldDeliveryStore store = server.bean(OldDeliveryStore.class);
        pass(Duration.ofDays(89));
        store.forget(Duration.ofDays(90), 100);
        assertThat(deliveries("?recipient=" + up)).hasSize(2);
        pass(Duration.ofDays(2));
        store.forget(Duration.ofDays(90), 100);
        assertThat(deliveries("?recipient=" + up)).isEmpty();
        assertThat(delivery(down, "notification-destination-added")
                        .path("state")
                        .asString())
                .as("what is not told yet is never forgotten")
                .isEqualTo("pending");
        assertThat(notices()).as("what is still to be told, and nothing else").isEqualTo(1);
        assertThat(entries("notification-delivered")).hasSize(2);
    }

    private long notices() {
        return server.database()
                .owner()
                .sql("SELECT count(*) FROM notification WHERE org_id = :org")
                .param("org", ours.id())
                .query(Long.class)
                .single();
    }

    @Test
    void deliveriesAreKeptAtLeastAWeek() {
        NotificationSettings settings = new NotificationSettings(Duration.ofDays(6));
        try (Ticker ticker = new Ticker()) {
            assertThatThrownBy(() -> new OldDeliveryJob(ticker, server.bean(OldDeliveryStore.class), settings))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("countersign.notifications.keep-deliveries");
        }
    }

    @Test
    void triesForThreeDaysAndThenGivesUpLoudly() {
        added("others", receiver.url(path("others")));
        receiver.answer(path("down"), 500);
        String down = added("down", receiver.url(path("down"))).path("id").asString();
        Instant first = Instant.parse(
                ours.get("/clock", ours.admin()).body().path("now").asString());
        for (int attempt = 1; attempt <= RetrySchedule.ATTEMPTS; attempt++) {
            int so = attempt;
            eventually(() -> {
                JsonNode at = delivery(down, "notification-destination-added");
                return at.path("attempts").asInt() == so
                        && at.path("lastError").asString("").equals("status 500")
                        && (so == RetrySchedule.ATTEMPTS
                                ? at.path("state").asString().equals("failed")
                                : hasFuture(at));
            });
            JsonNode at = delivery(down, "notification-destination-added");
            assertThat(receiver.calls(path("down"))).hasSize(attempt);
            if (attempt < RetrySchedule.ATTEMPTS) {
                passTo(Instant.parse(at.path("nextAttemptAt").asString()));
            } else {
                assertThat(at.path("state").asString()).isEqualTo("failed");
                assertThat(Duration.between(
                                first, Instant.parse(at.path("endedAt").asString())))
                        .isBetween(Duration.ofHours(75), Duration.ofHours(92));
            }
        }
        Set<String> ids = new HashSet<>();
        receiver.calls(path("down")).forEach(call -> ids.add(call.header("webhook-id")));
        assertThat(ids).hasSize(1);
        receiver.await(path("others"), DISABLED);
        assertThat(ours.get("/notification-destinations/" + down, ours.admin())
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("disabled");
        assertThat(entries("notification-failed").getFirst().path("prominent").asBoolean())
                .isTrue();
        assertThat(receiver.types(path("others"))).contains(ADDED);

        receiver.answer(path("down"), 204);
        assertThat(ours.post("/notification-destinations/" + down + "/activation", ours.admin(), null)
                        .status())
                .isEqualTo(200);
        String dead =
                delivery(down, "notification-destination-added").path("id").asString();
        assertThat(ours.post("/notification-deliveries/" + dead + "/retry", ours.admin(), null)
                        .status())
                .isEqualTo(200);
        receiver.await(path("down"), "io.countersign.notification-destination.enabled");
        eventually(() -> delivery(down, "notification-destination-added")
                .path("state")
                .asString()
                .equals("delivered"));
        assertThat(ours.post("/notification-deliveries/" + dead + "/retry", ours.admin(), null)
                        .code())
                .isEqualTo("delivery-not-failed");
    }

    private boolean hasFuture(JsonNode delivery) {
        Instant now = Instant.parse(
                ours.get("/clock", ours.admin()).body().path("now").asString());
        return Instant.parse(delivery.path("nextAttemptAt").asString()).isAfter(now);
    }

    @Test
    void whoIsGoneIsToldNothingMoreAndOthersAre() {
        added("others", receiver.url(path("others")));
        receiver.answer(path("gone"), 410);
        String gone = added("gone", receiver.url(path("gone"))).path("id").asString();
        receiver.await(path("others"), DISABLED);
        assertThat(receiver.calls(path("gone"))).hasSize(1);
        added("third", receiver.url(path("third")));
        receiver.await(
                path("others"),
                call -> call.json().path("data").path("headline").asString().contains("`third`"));
        assertThat(receiver.calls(path("gone"))).hasSize(1);
        assertThat(deliveries("?state=failed&recipient=" + gone)).hasSize(1);
    }

    @Test
    void whoRecordsAFailureWaitsForWhoRemovesTheDestinationAndNotTheOtherWayRound() throws Exception {
        receiver.answer(path("down"), 500);
        String down = added("down", receiver.url(path("down"))).path("id").asString();
        eventually(() -> delivery(down, "notification-destination-added")
                .path("lastError")
                .asString("")
                .equals("status 500"));
        String id = delivery(down, "notification-destination-added").path("id").asString();
        Delivery taken = server.bean(DeliveryStore.class).find(ours.id(), id).orElseThrow();
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        server.database().transactions().executeWithoutResult(_ -> {
            lock("notification_destination", down, "");
            Thread.startVirtualThread(() -> {
                server.bean(Deliveries.class).record(taken, new Attempt.Gone("status 410"));
                recorded.complete(null);
            });
            eventually(server.database()::somebodyWaits);
            lock("notification_delivery", id, "NOWAIT");
        });
        recorded.get(20, TimeUnit.SECONDS);
        assertThat(delivery(down, "notification-destination-added")
                        .path("state")
                        .asString())
                .isEqualTo("failed");
    }

    private static void lock(String table, String id, String how) {
        server.database()
                .sql()
                .sql("SELECT 1 FROM " + table + " WHERE id = :id FOR UPDATE " + how)
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    @Test
    void twoNodesTellEverybodyOnce() {
        try (TestServer other = server.beside(
                "--countersign.webhooks.allowed-networks=127.0.0.0/8",
                "--countersign.webhooks.plain-http=true",
                "--countersign.clock.simulated=2026-03-02T09:00:00Z")) {
            assertThat(other.get("/health/ready", null).status()).isEqualTo(200);
            for (int i = 0; i < 12; i++) {
                added("d" + i, receiver.url(path("d" + i)));
            }
            eventually(() -> deliveries("?limit=200&state=delivered").size() == 78);
            for (int i = 0; i < 12; i++) {
                List<String> ids = receiver.calls(path("d" + i)).stream()
                        .map(call -> call.header("webhook-id"))
                        .toList();
                assertThat(ids).as("d" + i).hasSize(12 - i).doesNotHaveDuplicates();
            }
            eventually(() -> entries("notification-delivered").size() >= 78);
            assertThat(entries("notification-delivered")).hasSize(78);
        }
    }
}
