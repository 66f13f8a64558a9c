package io.countersign.server.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.gate.Linearization.Done;
import io.countersign.server.platform.Campaign;
import io.countersign.server.platform.ServerCalls;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * INVARIANT L6: whatever several people do to one request at the same moment, through two nodes, is answered as if one thing
 * had been done after the other.
 */
class LinearizableTest {

    private static final int HISTORIES = Campaign.of(100, 2_000);
    private static final int REQUESTERS = 10;

    private static TestServer other;
    private static Scene scene;

    /** What is done to one request, by several at once. */
    private record Game(
            String asker,
            String number,
            String digest,
            Map<String, Object> ask,
            SplittableRandom chance,
            AtomicReference<String> grant) {}

    @BeforeAll
    static void people() {
        TestServer one = TestServer.shared();
        other = one.beside();
        scene = Scene.on(one);
        OneRequest.TEAMS.forEach((person, team) -> scene.developer(person, team));
        for (int i = 0; i < REQUESTERS; i++) {
            scene.developer("ann" + i, "sre");
        }
        scene.gate("Production", Map.of("minApprovals", 3, "minDistinctTeams", 2), "sre", "security");
        scene.allowManyAsks();
    }

    @AfterAll
    static void stop() {
        other.close();
    }

    @Test
    void everythingDoneAtOnceHasAnOrderThatExplainsEveryAnswer() {
        SplittableRandom chance = new SplittableRandom(Campaign.seed());
        Map<String, Integer> ends = new TreeMap<>();
        int deeds = 0;
        int overlapping = 0;
        int unanswered = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Game game = open(i, chance.split());
            List<Done> history = play(game);
            assertThat(Linearization.isPossible(history))
                    .as(() -> game.number() + " " + Linearization.told(history))
                    .isTrue();
            ends.merge(scene.state(game.number()), 1, Integer::sum);
            deeds += history.size();
            overlapping += overlapping(history);
            unanswered +=
                    (int) history.stream().filter(done -> done.answer() == null).count();
        }
        assertThat(ends).containsKeys("approved", "executing", "executed", "denied", "cancelled");
        if (Campaign.runs()) {
            assertThat(ends).as("what is seldom reached").containsKeys("pending", "revoked");
        }
        assertThat(overlapping).isGreaterThan(deeds);
        assertThat(unanswered).isLessThan(deeds / 50 + 1);
        Campaign.tell(
                "histories",
                HISTORIES + " of " + deeds + " deeds, " + overlapping + " pairs at the same moment, ends " + ends
                        + ", 0 without an order");
    }

    private static Game open(int turn, SplittableRandom chance) {
        String asker = "ann" + turn % REQUESTERS;
        Map<String, Object> ask = Scene.deploy("history " + Campaign.seed() + " " + turn);
        Answer held = Scene.expect(201, scene.ask(asker, ask));
        return new Game(
                asker,
                held.body().path("request").path("number").asString(),
                held.body().path("payloadDigest").asString(),
                ask,
                chance,
                new AtomicReference<>(""));
    }

    private static List<Done> play(Game game) {
        List<Callable<List<Done>>> people = new ArrayList<>();
        for (String execution : List.of("x", "y")) {
            SplittableRandom own = game.chance().split();
            List<Deed> deeds = requests(own, execution);
            people.add(() -> pursue(game, own, deeds));
        }
        for (String person : new TreeSet<>(OneRequest.TEAMS.keySet())) {
            SplittableRandom own = game.chance().split();
            List<Deed> deeds = votes(own, person);
            people.add(() -> pursue(game, own, deeds));
        }
        return AtOnce.all(people).stream().flatMap(List::stream).toList();
    }

    private static List<Deed> requests(SplittableRandom chance, String execution) {
        List<Deed> deeds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            deeds.add(
                    switch (chance.nextInt(12)) {
                        case 0 -> new Deed.Cancel("ann");
                        case 1 -> new Deed.Approve("ann");
                        case 2, 3 -> new Deed.Read("ann");
                        case 4, 5 -> new Deed.Redeem("ann", "x");
                        case 6, 7 -> new Deed.Revoke("ann");
                        default -> new Deed.Redeem("ann", execution);
                    });
        }
        deeds.add(new Deed.Report("ann", chance.nextBoolean() ? "x" : execution));
        return deeds;
    }

    private static List<Deed> votes(SplittableRandom chance, String who) {
        List<Deed> deeds = new ArrayList<>();
        deeds.add(chance.nextInt(4) > 0 ? new Deed.Approve(who) : vote(chance, who));
        deeds.add(chance.nextInt(3) > 0 ? new Deed.Withdraw(who) : vote(chance, who));
        deeds.add(chance.nextInt(2) > 0 ? new Deed.Approve(who) : vote(chance, who));
        return deeds;
    }

    private static Deed vote(SplittableRandom chance, String who) {
        return switch (chance.nextInt(16)) {
            case 0 -> new Deed.Deny(who);
            case 1 -> new Deed.Cancel(who);
            case 2, 3, 4, 5, 6 -> new Deed.Read(who);
            case 7, 8, 9 -> new Deed.Find(who);
            default -> new Deed.Approve(who);
        };
    }

    private static List<Done> pursue(Game game, SplittableRandom chance, List<Deed> deeds) {
        List<Done> done = new ArrayList<>();
        for (Deed deed : deeds) {
            if (deed instanceof Deed.Revoke && game.grant().get().isEmpty()) {
                continue;
            }
            long called = System.nanoTime();
            @Nullable String answer = answer(chance.nextBoolean() ? scene.server() : other, game, deed);
            done.add(
                    answer == null ? Done.unanswered(deed, called) : new Done(deed, called, System.nanoTime(), answer));
        }
        return done;
    }

    /** A busy machine may not prove in time what it knows; what was to be read is read again then, as nothing came of it. */
    private static @Nullable String answer(ServerCalls node, Game game, Deed deed) {
        try {
            Answer answer = call(node, game, deed);
            while (answer.status() == 503 && (deed instanceof Deed.Read || deed instanceof Deed.Find)) {
                answer = call(node, game, deed);
            }
            String grant = answer.body().path("grant").path("id").asString("");
            if (!grant.isEmpty()) {
                game.grant().set(grant);
            }
            return answer.status() >= 500 ? null : shown(deed, answer);
        } catch (UncheckedIOException lost) {
            return null;
        }
    }

    private static Answer call(ServerCalls node, Game game, Deed deed) {
        String request = "/api/v1/requests/" + game.number();
        String secret = scene.secret(deed.who().equals("ann") ? game.asker() : deed.who());
        return switch (deed) {
            case Deed.Read _ -> node.get(request, secret);
            case Deed.Find _ -> node.get("/api/v1/requests?q=" + game.number(), secret);
            case Deed.Approve _ -> node.post(request + "/votes", secret, vote("approve", game));
            case Deed.Deny _ -> node.post(request + "/votes", secret, vote("deny", game));
            case Deed.Withdraw _ -> node.call("POST", request + "/withdrawal", secret, null);
            case Deed.Cancel _ -> node.call("POST", request + "/cancellation", secret, null);
            case Deed.Redeem redeem ->
                node.post(
                        "/api/v1/redemptions",
                        secret,
                        Map.of(
                                "action",
                                game.ask().get("action"),
                                "resource",
                                game.ask().get("resource"),
                                "payloadDigest",
                                game.digest(),
                                "executionId",
                                executionId(game, redeem.executionId())));
            case Deed.Report report ->
                node.post(
                        "/api/v1/executions/" + executionId(game, report.executionId()) + "/outcome",
                        secret,
                        Map.of("result", "succeeded"));
            case Deed.Revoke _ ->
                node.call("POST", "/api/v1/grants/" + game.grant().get() + "/revocation", secret, null);
        };
    }

    private static Map<String, Object> vote(String vote, Game game) {
        return Map.of("vote", vote, "note", "seen", "payloadDigest", game.digest());
    }

    private static String executionId(Game game, String name) {
        return "execution." + game.number() + "." + name;
    }

    private static String shown(Deed deed, Answer answer) {
        if (answer.status() != 200) {
            return answer.status() + " " + answer.code();
        }
        JsonNode body = answer.body();
        if (deed instanceof Deed.Redeem) {
            return "200 " + body.path("decision").asString();
        }
        if (deed instanceof Deed.Find) {
            JsonNode row = body.path("items").path(0);
            SortedSet<String> approvers = new TreeSet<>();
            row.path("signed").forEach(who -> approvers.add(who.path("handle").asString()));
            return "200 " + OneRequest.listed(row.path("state").asString(), approvers);
        }
        SortedMap<String, String> votes = new TreeMap<>();
        for (JsonNode vote : body.path("votes")) {
            if (vote.path("endedAt").isMissingNode()) {
                votes.put(
                        vote.path("person").path("handle").asString(),
                        vote.path("vote").asString().equals("approve") ? "+" : "-");
            }
        }
        String execution = body.path("execution").path("executionId").asString("");
        @Nullable String used = execution.isEmpty() ? null : execution.substring(execution.lastIndexOf('.') + 1);
        return "200 " + OneRequest.shown(body.path("state").asString(), votes, used);
    }

    private static int overlapping(List<Done> history) {
        int pairs = 0;
        for (int i = 0; i < history.size(); i++) {
            for (Done other : history.subList(i + 1, history.size())) {
                Done one = history.get(i);
                pairs += one.called() < other.answered() && other.called() < one.answered() ? 1 : 0;
            }
        }
        return pairs;
    }
}
