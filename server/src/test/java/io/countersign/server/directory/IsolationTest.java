package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Fingerprint;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * INVARIANT I5: one organization's ids are nothing to another one, in a path or in a body, on every route there is, whatever
 * room it belongs to.
 */
class IsolationTest {

    private static final TestServer SERVER = TestServer.shared();

    private static FilledOrganization ours;
    private static FilledOrganization theirs;

    /** A route with at least one place in its path. */
    private record Route(
            String method, String path, @Nullable Object body) {}

    @BeforeAll
    static void fill() {
        ours = FilledOrganization.of(TestOrganization.on(SERVER));
        theirs = FilledOrganization.of(TestOrganization.on(SERVER));
    }

    @Test
    void everyPlaceInAPathTakesAKindOfIdThatIsKnown() {
        Set<String> segments = new TreeSet<>();
        routes().forEach(route -> segments.addAll(PathPlaces.before(route.path())));
        Set<String> known = new TreeSet<>(PathPlaces.KINDS.keySet());
        known.addAll(PathPlaces.COUNTED.keySet());
        assertThat(segments).isEqualTo(known);
        assertThat(theirs.ids()).containsKeys(PathPlaces.KINDS.values().toArray(String[]::new));
        assertThat(theirs.ids().values())
                .as("what the two have is not the same")
                .filteredOn(id -> !id.startsWith("sha256:"))
                .doesNotContainAnyElementsOf(ours.ids().values());
    }

    @Test
    void noIdOfAnotherOrganizationIsFoundOnAnyRoute() {
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(70);
        Fingerprint before =
                Fingerprint.settled(SERVER.database(), theirs.organization().id());
        assertThat(before.tables().get("request")).startsWith("7 rows");
        List<String> leaks = new ArrayList<>();
        for (Route route : routes) {
            List<String> segments = PathPlaces.before(route.path());
            for (int position = 0; position < segments.size(); position++) {
                if (!PathPlaces.COUNTED.containsKey(segments.get(position))) {
                    leaks.addAll(leaks(route, position));
                }
            }
        }
        assertThat(leaks).isEmpty();
        assertThat(before.differences(
                        Fingerprint.of(SERVER.database(), theirs.organization().id())))
                .isEmpty();
    }

    /** Every id of theirs in this place is answered as one that nobody has. */
    private static List<String> leaks(Route route, int position) {
        List<String> leaks = new ArrayList<>();
        Map<String, Answer> unknown = new HashMap<>();
        for (String id : theirs.ids().values()) {
            Answer answer = call(route, position, id);
            Answer nobodys = unknown.computeIfAbsent(shape(id), _ -> call(route, position, unknownLike(id)));
            if (answer.status() < 400
                    || answer.status() != nobodys.status()
                    || !answer.code().equals(nobodys.code())) {
                leaks.add(route.method() + " " + route.path() + " " + id + ": " + answer.text());
            }
        }
        return leaks;
    }

    private static String shape(String id) {
        return id.replaceAll("[0-9a-z]", "x");
    }

    /** A made-up id of the same shape. */
    private static String unknownLike(String id) {
        return id.matches("[a-z]+_[0-9a-z]{26}")
                ? id.substring(0, id.indexOf('_') + 1) + "0".repeat(26)
                : id.startsWith("sha256:")
                        ? "sha256:" + "0".repeat(64)
                        : UUID.randomUUID().toString();
    }

    /** The id in one place of the path; in the others what belongs there of our own. */
    private static Answer call(Route route, int position, String id) {
        int[] next = {0};
        String path = PathPlaces.fill(
                route.path(), segment -> next[0]++ == position ? id : PathPlaces.own(segment, ours.ids()));
        return patiently(route.method(), path, ours.secret("admin"), route.body(), "\"1\"");
    }

    /** A busy machine may not prove its picture fresh in time; that says nothing about the id, so it is asked again. */
    private static Answer patiently(String method, String path, String secret, @Nullable Object body, String version) {
        Answer answer = once(method, path, secret, body, version);
        return answer.status() == 503 ? once(method, path, secret, body, version) : answer;
    }

    private static Answer once(String method, String path, String secret, @Nullable Object body, String version) {
        String key = UUID.randomUUID().toString();
        return SERVER.call(method, path, secret, body, "Idempotency-Key", key, "If-Match", version);
    }

    private static List<Route> routes() {
        Map<String, String> referring = new HashMap<>();
        ReferringBodies.all().forEach(body -> referring.putIfAbsent(body.route(), body.own(ours.ids())));
        List<Route> routes = new ArrayList<>();
        OurRoutes.of(SERVER).forEach((route, handler) -> {
            String path = route.substring(route.indexOf(' ') + 1);
            if (path.startsWith("/api/") && path.contains("{")) {
                @Nullable
                Object sample = OurRoutes.body(handler).map(SampleBody::of).orElse(null);
                String method = route.substring(0, route.indexOf(' '));
                routes.add(new Route(method, path, referring.containsKey(route) ? referring.get(route) : sample));
            }
        });
        return routes;
    }
}
