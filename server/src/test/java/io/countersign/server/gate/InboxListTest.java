package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the lists of the inbox hold, in which order, how they are narrowed, and that the counts are the lists' own. */
class InboxListTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @BeforeEach
    void people() {
        scene.developer("ann", "sre").developer("bob", "sre").developer("cem", "sre");
    }

    @Test
    void mineIsMyTurnAndWaitingIsWhatIAskedForOrVotedOn() {
        scene.gate("Two of sre", Map.of("minApprovals", 2), "sre");
        String asked = scene.held("ann", Scene.deploy("one"));
        String voted = scene.held("bob", Scene.deploy("two"));
        String turn = scene.held("cem", Scene.deploy("three"));
        scene.approve("ann", voted);

        assertThat(numbers("ann", "view=mine")).containsExactly(turn);
        assertThat(numbers("ann", "view=waiting")).containsExactly(voted, asked);
        assertThat(numbers("cem", "view=mine")).containsExactly(voted, asked);

        JsonNode counts = counts("ann", "");
        assertThat(counts.path("mine").asInt()).isEqualTo(1);
        assertThat(counts.path("mineMore").asBoolean()).isFalse();
        assertThat(counts.path("waiting").asInt()).isEqualTo(2);
        assertThat(counts.path("pending").asInt()).isEqualTo(3);
        assertThat(counts.path("stale").asInt()).isZero();
    }

    @Test
    void pagesByDeadlineMeetEachRequestOnce() {
        scene.gate("Slow", Map.of("minApprovals", 1), Map.of("expiresAfter", "P5D"), "sre");
        String slow = scene.held("ann", Scene.deploy("slow"));
        scene.gate("Quick", Map.of("minApprovals", 1), Map.of("expiresAfter", "PT1H"), "sre");
        List<String> quick = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            quick.add(scene.held("ann", Scene.deploy("quick " + i)));
        }
        List<String> expected = new ArrayList<>(quick);
        expected.add(slow);
        assertThat(paged("bob", "view=pending&order=deadline")).isEqualTo(expected);
        assertThat(paged("bob", "view=mine&order=deadline")).isEqualTo(expected);
        assertThat(paged("ann", "view=waiting&order=deadline")).isEqualTo(expected);
        assertThat(paged("bob", "view=mine"))
                .isEqualTo(expected.reversed().stream()
                        .sorted((a, b) -> Long.compare(number(b), number(a)))
                        .toList());
    }

    @Test
    void aCursorOfOneOrderIsRefusedInTheOther() {
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        scene.held("ann", Scene.deploy("a"));
        scene.held("ann", Scene.deploy("b"));
        String cursor = list("bob", "view=pending&limit=1").path("nextCursor").asString();
        assertThat(server.get("/api/v1/requests?view=pending&order=deadline&cursor=" + cursor, scene.secret("bob"))
                        .code())
                .isEqualTo("bad-cursor");
        assertThat(server.get("/api/v1/requests?view=decided&order=deadline", scene.secret("bob"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void filtersTakeSeveralValuesAndAreSharedWithTheCounts() {
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        String deployed = scene.held("ann", Scene.deploy("a"));
        Map<String, Object> rollback = new HashMap<>(Scene.deploy("b"));
        rollback.put("action", "rollback.execute");
        String rolledBack = scene.held("ann", rollback);
        scene.deny("bob", rolledBack);

        assertThat(numbers("bob", "view=all&type=release&type=rollback")).containsExactly(rolledBack, deployed);
        assertThat(numbers("bob", "view=all&type=release")).containsExactly(deployed);
        assertThat(numbers("bob", "view=all&state=denied&state=approved")).containsExactly(rolledBack);
        assertThat(numbers("bob", "view=all&risk=low&risk=high")).containsExactly(rolledBack, deployed);
        assertThat(numbers("bob", "view=all&risk=low")).isEmpty();
        assertThat(numbers("bob", "view=all&cluster=prod-eu")).containsExactly(rolledBack, deployed);
        assertThat(numbers("bob", "view=all&cluster=prod-mars")).isEmpty();
        assertThat(counts("bob", "?type=rollback").path("pending").asInt()).isZero();
        assertThat(counts("bob", "?type=release&cluster=prod-eu").path("mine").asInt())
                .isEqualTo(1);
        assertThat(server.get("/api/v1/requests?risk=huge", scene.secret("bob")).status())
                .isEqualTo(400);
        assertThat(server.get("/api/v1/requests?state=odd", scene.secret("bob")).status())
                .isEqualTo(400);
    }

    @Test
    void eachFilterNarrowsByItsOwnFieldAlone() {
        scene.create("/api/v1/clusters", Map.of("name", "lab"));
        scene.create("/api/v1/projects", Map.of("name", "web"));
        scene.create("/api/v1/environments", Map.of("projectId", "web", "name", "staging", "tier", "staging"));
        String rule = scene.template("Everything", Map.of("minApprovals", 1), Map.of(), "sre");
        scene.create("/api/v1/bindings", Map.of("templateId", rule, "level", "organization"));
        String release = scene.held("ann", Scene.deploy("a"));
        String promotion = scene.held("bob", asked("promotion.execute", "environment", "payments/staging"));
        String rollback = scene.held("ann", asked("rollback.execute", "environment", "web/staging"));
        String command = scene.held("ann", asked("command.execute", "cluster", "lab"));
        String argo = scene.held("bob", asked("cluster.rollback", "cluster", "lab"));
        String freeze = freeze();

        assertNarrowed("project=payments", freeze, promotion, release);
        assertNarrowed("project=web", rollback);
        assertNarrowed("project=prod-eu");
        assertNarrowed("project=payments/production");
        assertNarrowed("environment=payments/production", freeze, release);
        assertNarrowed("environment=payments/staging", promotion);
        assertNarrowed("environment=web/staging", rollback);
        assertNarrowed("environment=payments");
        assertNarrowed("cluster=prod-eu", freeze, promotion, release);
        assertNarrowed("cluster=lab", argo, command);
        assertNarrowed("cluster=payments");
        assertNarrowed("requester=@ann", command, rollback, release);
        assertNarrowed("requester=@bob", argo, promotion);
        assertNarrowed("requester=@cem");
        assertNarrowed("requester=@nobody");
        assertNarrowed("type=release", release);
        assertNarrowed("type=promotion", promotion);
        assertNarrowed("type=cluster", argo, command);
        assertNarrowed("type=project", freeze);
        assertNarrowed("type=rollback", argo, rollback);
        assertNarrowed("type=security");
        assertNarrowed("project=payments&requester=@ann&type=release", release);
        assertNarrowed("project=web&requester=@bob");
    }

    private static Map<String, Object> asked(String action, String type, String id) {
        Map<String, Object> ask = new HashMap<>(Scene.deploy(action));
        ask.put("action", action);
        ask.put("resource", Map.of("type", type, "id", id, "from", "v1", "to", "v2"));
        return ask;
    }

    /** A request to freeze production, by the administrator. */
    private String freeze() {
        return Scene.expect(
                        202,
                        server.post(
                                "/api/v1/environments/payments~production/freeze",
                                scene.admin(),
                                Map.of("reason", "the customers are at it")))
                .body()
                .path("requests")
                .path(0)
                .path("request")
                .path("number")
                .asString();
    }

    /** All these wait for cem, who asked for none of them, so that every list and count of his holds the same. */
    private void assertNarrowed(String filter, String... expected) {
        for (String view : List.of("all", "pending", "mine")) {
            assertThat(numbers("cem", "view=" + view + "&" + filter))
                    .as(view + " " + filter)
                    .containsExactly(expected);
        }
        JsonNode counts = counts("cem", "?" + filter);
        assertThat(counts.path("pending").asInt(-1)).as(filter).isEqualTo(expected.length);
        assertThat(counts.path("mine").asInt(-1)).as(filter).isEqualTo(expected.length);
    }

    @Test
    void wordsFindNumbersHandlesTitlesAndReasons() {
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        String first = scene.held("ann", Scene.deploy("a"));
        String second = scene.held("bob", Scene.deploy("b"));
        String bare = first.substring(3);
        assertThat(numbers("cem", "view=all&q=" + first)).containsExactly(first);
        assertThat(numbers("cem", "view=all&q=" + first.toLowerCase(java.util.Locale.ROOT)))
                .containsExactly(first);
        assertThat(numbers("cem", "view=all&q=" + bare)).contains(first);
        assertThat(numbers("cem", "view=pending&q=@bob")).containsExactly(second);
        assertThat(numbers("cem", "view=all&q=deploy%20payments")).containsExactly(second, first);
        assertThat(numbers("cem", "view=all&q=customers")).containsExactly(second, first);
        assertThat(numbers("cem", "view=all&q=nothing%20like%20it")).isEmpty();
    }

    /** What has ended is found another way than what is open; a page holds both in one order. */
    @Test
    void anyPartOfAWordFindsWhatIsOpenAndWhatHasEnded() {
        scene.gate("Sre", Map.of("minApprovals", 1), "sre");
        Map<String, Object> ask = Scene.deploy("ended");
        ask.put("reason", "100% of the CUSTOMERS wait_for 修复付款问题 and 🚀🚀🚀🌍");
        String ended = scene.held("ann", ask);
        scene.deny("bob", ended);
        Map<String, Object> again = Scene.deploy("open");
        again.put("reason", "again: 100% of the customers wait_for 修复付款问题 and 🚀🚀🚀🌍");
        String open = scene.held("ann", again);
        Map<String, Object> other = Scene.deploy("other");
        other.put("reason", "a thousand customs wait for another thing");
        String different = scene.held("ann", other);
        scene.deny("bob", different);

        for (String part : List.of("ustome", "CusTomers", "0% of", "t_f", "修复付款", "付款", "付", "🚀🌍", "🚀🚀🌍", "0%")) {
            String q = "&q=" + URLEncoder.encode(part, StandardCharsets.UTF_8);
            assertThat(numbers("cem", "view=all" + q)).as(part).containsExactly(open, ended);
            assertThat(numbers("cem", "view=decided" + q)).as(part).containsExactly(ended);
            assertThat(numbers("cem", "view=pending" + q)).as(part).containsExactly(open);
            assertThat(paged("cem", "view=all" + q)).as(part).containsExactly(open, ended);
        }
        assertThat(numbers("cem", "view=decided&q=custom")).containsExactly(different, ended);
        assertThat(numbers("cem", "view=all&q=custom&state=denied")).containsExactly(different, ended);
        assertThat(numbers("cem", "view=all&q=cust_mers")).isEmpty();
        assertThat(numbers("cem", "view=all&q=omersust")).isEmpty();
    }

    private static long number(String name) {
        return Long.parseLong(name.substring(3));
    }

    private List<String> paged(String reader, String query) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list(reader, query + "&limit=2" + cursor);
            page.path("items").forEach(item -> all.add(item.path("number").asString()));
            cursor = page.has("nextCursor")
                    ? "&cursor=" + page.path("nextCursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return all;
    }

    private List<String> numbers(String reader, String query) {
        return StreamSupport.stream(list(reader, query).path("items").spliterator(), false)
                .map(item -> item.path("number").asString())
                .toList();
    }

    private JsonNode list(String reader, String query) {
        return Scene.expect(200, server.get("/api/v1/requests?" + query, scene.secret(reader)))
                .body();
    }

    private JsonNode counts(String reader, String query) {
        return Scene.expect(200, server.get("/api/v1/requests/counts" + query, scene.secret(reader)))
                .body();
    }
}
