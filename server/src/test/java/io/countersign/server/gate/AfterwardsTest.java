package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What approvers ask to be done afterwards, reminders, and why somebody can or cannot approve. */
class AfterwardsTest {

    private final TestServer server = TestServer.shared();
    private final Scene scene = Scene.on(server);
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Test
    void aVoteCarriesTheRiskAndWhatIsToBeDone() {
        String number = held();
        Answer voted = Scene.expect(
                200, vote("bob", number, List.of(followUp("watch the delivery lag", "@cem", today.plusDays(1)))));
        JsonNode one = voted.body().at("/followUps/0");
        assertThat(one.path("text").asString()).isEqualTo("watch the delivery lag");
        assertThat(one.at("/owner/handle").asString()).isEqualTo("cem");
        assertThat(one.path("state").asString()).isEqualTo("open");
        assertThat(voted.body().at("/votes/0/riskAcknowledged").asString()).isEqualTo("memory +50 %");
        demandInTimeline(number, "follow-up-made");

        String id = one.path("id").asString();
        assertThat(ids("owner=@cem")).containsExactly(id);
        assertThat(ids("owner=@bob")).isEmpty();
        assertThat(ids("request=" + number)).containsExactly(id);
        assertThat(ids("state=overdue")).isEmpty();

        assertThat(complete("dan", id).status()).isEqualTo(403);
        Answer done = Scene.expect(200, complete("cem", id));
        assertThat(done.body().path("state").asString()).isEqualTo("done");
        assertThat(complete("cem", id).code()).isEqualTo("already-done");
        assertThat(ids("owner=@cem")).isEmpty();
        assertThat(ids("owner=@cem&state=done")).containsExactly(id);
        demandInTimeline(number, "follow-up-done");
    }

    @Test
    void aVoteTakenBackVoidsWhatIsNotDone() {
        String number = held();
        Scene.expect(
                200,
                vote(
                        "bob",
                        number,
                        List.of(
                                followUp("watch the lag", "@cem", today),
                                followUp("tell the customers", "@cem", today.plusDays(1)))));
        String later = add("bob", number, 1).body().at("/followUps/0/id").asString();
        List<String> owed = ids("owner=@cem");
        assertThat(owed).hasSize(3).contains(later);
        String done = owed.getFirst();
        Scene.expect(200, complete("cem", done));
        Scene.expect(200, server.post("/api/v1/requests/" + number + "/withdrawal", scene.secret("bob"), Map.of()));

        assertThat(ids("owner=@cem")).isEmpty();
        assertThat(ids("owner=@cem&state=overdue")).isEmpty();
        assertThat(ids("owner=@cem&state=done")).containsExactly(done);
        assertThat(states(number)).containsExactlyInAnyOrder("done", "void", "void");
        Answer refused = complete("cem", owed.getLast());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("follow-up-void");

        Scene.expect(200, vote("bob", number, List.of(followUp("once more", "@cem", today))));
        assertThat(ids("owner=@cem")).hasSize(1).doesNotContainAnyElementsOf(owed);
        assertThat(states(number)).containsExactlyInAnyOrder("done", "void", "void", "open");
        assertThat(add("bob", number, 8).status())
                .as("what is void does not use up the ten")
                .isEqualTo(200);
    }

    private List<String> states(String number) {
        return scene.show("dan", number)
                .body()
                .path("followUps")
                .valueStream()
                .map(one -> one.path("state").asString())
                .toList();
    }

    @Test
    void onlyWhoVotedAddsFurtherOnesAndNotManyOfThem() {
        String number = held();
        assertThat(add("bob", number, 1).status()).isEqualTo(403);
        scene.approve("bob", number);
        assertThat(add("bob", number, 10).body().path("followUps")).hasSize(10);
        assertThat(add("bob", number, 1).status()).isEqualTo(400);
        assertThat(ids("request=" + number)).hasSize(10);
    }

    @Test
    void aVoteWhoseFollowUpIsWrongIsNotTaken() {
        String number = held();
        assertThat(vote("bob", number, List.of(followUp("x", "@nobody", today))).status())
                .isEqualTo(400);
        assertThat(vote("bob", number, List.of(followUp("x", "@cem", today.minusDays(2))))
                        .status())
                .isEqualTo(400);
        assertThat(vote("bob", number, List.of(followUp(" ", "@cem", today))).status())
                .isEqualTo(400);
        assertThat(scene.show("bob", number).body().path("votes")).isEmpty();
    }

    @Test
    void remindsOnceAnHourForTheRequesterAndThoseWhoMayApprove() {
        String number = held();
        assertThat(remind("dan", number).status()).isEqualTo(403);
        Answer reminded = Scene.expect(200, remind("ann", number));
        assertThat(reminded.body().has("remindedAt")).isTrue();
        Answer again = remind("bob", number);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("reminded-lately");
        assertThat(again.body().has("again")).isTrue();
        demandInTimeline(number, "reminder-asked");
        scene.deny("bob", number);
        assertThat(remind("ann", number).code()).isEqualTo("not-pending");
    }

    @Test
    void saysByWhichWaySomebodyCanApproveAndByWhichRuleNot() {
        scene.create("/api/v1/teams", Map.of("handle", "night", "name", "night", "parentId", "@sre"));
        scene.developer("eve", "night");
        String number = held();
        JsonNode eve = standing("dan", number, "@eve");
        assertThat(eve.path("canApprove").asBoolean()).isTrue();
        assertThat(eve.at("/requirements/0/eligible").asBoolean()).isTrue();
        assertThat(eve.at("/requirements/0/paths/0/kind").asString()).isEqualTo("team");
        assertThat(eve.at("/requirements/0/paths/0/label").asString()).isEqualTo("sre");
        assertThat(eve.at("/requirements/0/paths/0/steps/0/into").asString()).isEqualTo("night");
        assertThat(eve.at("/requirements/0/paths/0/steps/0/by/handle").asString())
                .isEqualTo("root");
        assertThat(eve.at("/requirements/0/paths/0/steps/0").has("at")).isTrue();
        assertThat(eve.at("/requirements/0/paths/0/steps/1/into").asString()).isEqualTo("sre");

        JsonNode ann = standing("dan", number, "@ann");
        assertThat(ann.path("canApprove").asBoolean()).isFalse();
        assertThat(ann.at("/requirements/0/why").asString()).isEqualTo("requester");
        assertThat(ann.at("/requirements/0/sentence").asString()).isEqualTo("ann asked for this");
        assertThat(standing("dan", number, "@dan").at("/requirements/0/why").asString())
                .isEqualTo("not-listed");
        assertThat(server.get("/api/v1/requests/" + number + "/standing?person=@nobody", scene.secret("dan"))
                        .status())
                .isEqualTo(404);
    }

    /** Ann asks, and two of sre have to approve: Bob and Cem could. */
    private String held() {
        scene.developer("ann", "sre")
                .developer("bob", "sre")
                .developer("cem", "sre")
                .developer("dan");
        scene.gate("Sre", Map.of("minApprovals", 2), "sre");
        return scene.held("ann", Scene.deploy("replicas: 3"));
    }

    private static Map<String, Object> followUp(String text, String owner, LocalDate due) {
        return Map.of("text", text, "owner", owner, "dueOn", due.toString());
    }

    private Answer vote(String who, String number, List<Map<String, Object>> followUps) {
        Map<String, Object> form = new HashMap<>();
        form.put("vote", "approve");
        form.put("note", "matches the staging run");
        form.put("riskAcknowledged", "memory +50 %");
        form.put("payloadDigest", scene.digest(number));
        form.put("followUps", followUps);
        return server.post("/api/v1/requests/" + number + "/votes", scene.secret(who), form);
    }

    private Answer add(String who, String number, int count) {
        List<Map<String, Object>> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(followUp("thing " + i, "@cem", today.plusDays(i)));
        }
        return server.post("/api/v1/requests/" + number + "/follow-ups", scene.secret(who), Map.of("followUps", some));
    }

    private Answer complete(String who, String id) {
        return server.post("/api/v1/follow-ups/" + id + "/completion", scene.secret(who), Map.of("note", "all well"));
    }

    private Answer remind(String who, String number) {
        return server.post("/api/v1/requests/" + number + "/reminders", scene.secret(who), null);
    }

    private JsonNode standing(String reader, String number, String person) {
        return Scene.expect(
                        200,
                        server.get("/api/v1/requests/" + number + "/standing?person=" + person, scene.secret(reader)))
                .body();
    }

    private List<String> ids(String query) {
        JsonNode items = Scene.expect(200, server.get("/api/v1/follow-ups?" + query, scene.secret("dan")))
                .body()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("id").asString())
                .toList();
    }

    /** The log gets its places a moment after the change. */
    private void demandInTimeline(String number, String type) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!timeline(number).contains(type)) {
            assertThat(System.nanoTime()).as(type).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private List<String> timeline(String number) {
        JsonNode items = server.get("/api/v1/requests/" + number + "/timeline", scene.secret("dan"))
                .body()
                .path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("type").asString())
                .toList();
    }
}
