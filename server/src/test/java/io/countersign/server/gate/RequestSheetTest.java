package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a row of the inbox and a request in full say about who has signed, who is missing, and whether it is the reader. */
class RequestSheetTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);

    @Test
    void aRowSaysWhoHasSignedWhoIsMissingAndWhetherItIsTheReader() {
        String number = twoGates();
        scene.approve("bob", number);

        JsonNode cem = row("cem", number);
        assertThat(cem.path("title").asString()).isEqualTo("Deploy payments v2 to production");
        assertThat(cem.path("titleObject").asString()).isEqualTo("payments v2");
        assertThat(names(cem.path("signed"))).containsExactly("bob");
        assertThat(cem.path("approvals").asInt()).isEqualTo(1);
        assertThat(cem.path("needed").asInt()).isEqualTo(3);
        assertThat(labels(cem)).containsExactly("sre", "security");
        assertThat(mine(cem)).containsExactly("sre");
        assertThat(cem.path("missing").asString()).isEqualTo("sre and security missing");
        assertThat(cem.at("/why/code").asString()).isEqualTo("can-approve");
        assertThat(cem.at("/why/detail").asString()).isEqualTo("as sre, then security");
        assertThat(cem.at("/resource/project").asString()).isEqualTo("payments");
        assertThat(cem.at("/resource/environment").asString()).isEqualTo("production");
        assertThat(cem.at("/resource/cluster").asString()).isEqualTo("prod-eu");

        assertThat(row("ann", number).at("/why/title").asString()).isEqualTo("You asked for this");
        assertThat(row("ann", number).at("/why/detail").asString()).isEqualTo("requesters never count");
        assertThat(row("bob", number).at("/why/title").asString()).isEqualTo("You approved");
        assertThat(row("bob", number).at("/why/detail").asString()).isEqualTo("waiting for sre and security");
        assertThat(row("eve", number).at("/why/code").asString()).isEqualTo("not-listed");
        assertThat(mine(row("eve", number))).isEmpty();
    }

    @Test
    void theLastOneIsToldThatHisCompletesIt() {
        String number = twoGates();
        scene.approve("bob", number);
        scene.approve("cem", number);
        assertThat(row("dan", number).at("/why/detail").asString()).isEqualTo("as security; yours completes it");
        JsonNode decided = scene.approve("dan", number).body();
        assertThat(decided.path("approvals").asInt()).isEqualTo(3);
        assertThat(decided.path("slots")).isEmpty();
        assertThat(decided.has("missing")).isFalse();
        assertThat(decided.has("usableUntil")).isTrue();
        assertThat(decided.at("/why/code").asString()).isEqualTo("already-reviewed");
    }

    @Test
    void aDeniedOneSaysWhoRejectedItAndWhen() {
        String number = twoGates();
        scene.deny("cem", number);
        JsonNode row = row("ann", number);
        assertThat(row.at("/rejectedBy/handle").asString()).isEqualTo("cem");
        assertThat(row.has("endedAt")).isTrue();
        assertThat(row.at("/why/code").asString()).isEqualTo("not-pending");
    }

    @Test
    void aLineThatNobodyCanFillIsMarked() {
        scene.developer("ann").developer("bob", "sre").developer("dan", "security");
        scene.gate("Security sign-off", Map.of("minApprovals", 1, "requiredTeamIds", List.of("@security")));
        scene.gate("Production", Map.of("minApprovals", 1), "sre");
        String number = scene.held("ann", Scene.deploy("replicas: 13"));
        edit("/api/v1/people/@dan", Map.of("active", false));
        await(() -> row("bob", number).has("unsatisfiableSince"));

        JsonNode row = row("bob", number);
        JsonNode security = StreamSupport.stream(row.path("slots").spliterator(), false)
                .filter(slot -> slot.path("label").asString().equals("security"))
                .findFirst()
                .orElseThrow();
        assertThat(security.path("impossible").asBoolean()).isTrue();
        assertThat(row.path("missing").asString()).isEqualTo("sre missing; nobody in security");
        assertThat(row("ann", number).at("/why/code").asString()).isEqualTo("cannot-be-met");
        assertThat(row("ann", number).at("/why/detail").asString()).isEqualTo("nobody in security can approve");
    }

    @Test
    void oneApprovalThatFillsLinesOfTwoRequirementsIsOneLine() {
        scene.developer("ann").developer("bob", "sre").developer("cem", "sre").developer("dan", "security");
        scene.gate("Production", Map.of("minApprovals", 2, "minDistinctTeams", 2), "sre", "security");
        scene.gate("Security sign-off", Map.of("minApprovals", 1, "requiredTeamIds", List.of("@security")));
        String number = scene.held("ann", Scene.deploy("replicas: 14"));

        JsonNode bob = row("bob", number);
        assertThat(labels(bob)).containsExactly("security", "security or sre");
        assertThat(mine(bob)).containsExactly("security or sre");
        assertThat(bob.path("needed").asInt()).isEqualTo(2);
        assertThat(bob.path("missing").asString()).isEqualTo("security and 1 from security or sre missing");
        assertThat(bob.at("/why/detail").asString()).isEqualTo("as sre, then security");
        assertThat(row("dan", number).at("/why/detail").asString())
                .isEqualTo("as security, then 1 from security or sre");
        scene.approve("bob", number);
        assertThat(row("dan", number).at("/why/detail").asString()).isEqualTo("as security; yours completes it");
        assertThat(row("cem", number).at("/why/detail").asString()).isEqualTo("but security would still be missing");
    }

    @Test
    void aRequestSaysWhatTheReadersApprovalWouldDo() {
        String number = twoGates();
        scene.approve("bob", number);

        JsonNode cem = scene.show("cem", number).body();
        assertThat(texts(cem.at("/ifYouApprove/completes"))).containsExactly("Production deploy gate");
        assertThat(cem.at("/ifYouApprove/completesRequest").asBoolean()).isFalse();
        assertThat(cem.at("/ifYouApprove/startsAtOnce").asBoolean()).isFalse();
        assertThat(texts(cem.at("/ifYouApprove/stillNeeded")))
                .containsExactly("Security sign-off still needs security");
        assertThat(scene.show("ann", number).body().has("ifYouApprove")).isFalse();
    }

    @Test
    void aRequestSaysWhatEachRequirementDemandsWhoSignedAndWhoCouldCloseIt() {
        String number = twoGates();
        scene.approve("bob", number);

        JsonNode gate = requirement(number, "Production deploy gate");
        assertThat(gate.path("rule").asString()).isEqualTo("2 people from 2 teams among platform or sre, one from sre");
        assertThat(gate.path("signatures")).hasSize(1);
        assertThat(gate.at("/signatures/0/person/handle").asString()).isEqualTo("bob");
        assertThat(texts(gate.at("/signatures/0/fills"))).containsExactly("platform");
        assertThat(gate.at("/signatures/0").has("at")).isTrue();
        assertThat(gate.at("/slots/0/label").asString()).isEqualTo("sre");
        assertThat(names(gate.at("/slots/0/people"))).containsExactly("cem");
        assertThat(gate.at("/slots/0/total").asInt()).isEqualTo(1);
        assertThat(requirement(number, "Security sign-off").path("rule").asString())
                .isEqualTo("1 person from security");
    }

    @Test
    void aRequestNamesWhoMayNotApproveItAndWhy() {
        String number = twoGates();
        JsonNode body = scene.show("cem", number).body();
        assertThat(body.path("excluded")).hasSize(1);
        assertThat(body.at("/excluded/0/who/handle").asString()).isEqualTo("ann");
        assertThat(body.at("/excluded/0/why").asString()).isEqualTo("requester");
        assertThat(body.path("excludedTotal").asInt()).isEqualTo(1);
        assertThat(body.path("mayNotApprove").asString()).isEqualTo("ann (asked for this) does not count here.");
    }

    @Test
    void aTitleIsOneVisibleLineWhateverTheAskSays() {
        twoGates();
        Map<String, Object> ask = Scene.deploy("replicas: 99");
        ask.put(
                "resource",
                Map.of("type", "environment", "id", "payments/production", "from", "v1", "to", "v9\u202Egpj\n.exe"));
        Answer refused = scene.ask("ann", ask);
        assertThat(refused.code()).isEqualTo("wrong-value");
        assertThat(refused.body().at("/violations/0/field").asString()).isEqualTo("resource.to");
        ask.put("resource", Map.of("type", "environment", "id", "payments/production", "from", "v1", "to", "v9 final"));
        assertThat(row("ann", scene.held("ann", ask)).path("title").asString())
                .isEqualTo("Deploy payments v9 final to production");
    }

    /** Ann asks; the gate wants two of two teams, one of sre, and security signs off. */
    private String twoGates() {
        scene.team("platform");
        scene.developer("ann")
                .developer("bob", "platform")
                .developer("cem", "sre")
                .developer("dan", "security")
                .developer("eve");
        scene.gate(
                "Production deploy gate",
                Map.of("minApprovals", 2, "minDistinctTeams", 2, "requiredTeamIds", List.of("@sre")),
                "platform",
                "sre");
        scene.gate("Security sign-off", Map.of("minApprovals", 1, "requiredTeamIds", List.of("@security")));
        return scene.held("ann", Scene.deploy("replicas: 12"));
    }

    private JsonNode row(String reader, String number) {
        JsonNode items = server.get("/api/v1/requests?view=all", scene.secret(reader))
                .body()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .filter(item -> item.path("number").asString().equals(number))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode requirement(String number, String name) {
        JsonNode all = scene.show("cem", number).body().path("requirements");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> labels(JsonNode row) {
        return StreamSupport.stream(row.path("slots").spliterator(), false)
                .map(slot -> slot.path("label").asString())
                .toList();
    }

    private static List<String> mine(JsonNode row) {
        return StreamSupport.stream(row.path("slots").spliterator(), false)
                .filter(slot -> slot.path("mine").asBoolean())
                .map(slot -> slot.path("label").asString())
                .toList();
    }

    private static List<String> names(JsonNode people) {
        return StreamSupport.stream(people.spliterator(), false)
                .map(person -> person.path("handle").asString())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    private void edit(String path, Map<String, Object> patch) {
        String tag =
                server.get(path, scene.admin()).headers().firstValue("ETag").orElseThrow();
        Answer answer = server.call("PATCH", path, scene.admin(), patch, "If-Match", tag);
        Scene.expect(200, answer);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
