package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.Fingerprint;
import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** INVARIANT I4: whatever is read, and however often, nothing is changed by it: no table of the database, on no route. */
class ReadsChangeNothingTest {

    /** Answered with a stream that has no end, which is hung up on. */
    private static final String STREAM = "/api/v1/events";

    /** So many paths are read between two looks at the tables. */
    private static final int AT_ONCE = 8;

    /** What this very server may not show: it may have been built without a console. */
    private static final List<String> NOT_SHOWN_HERE = List.of("GET /assets/{file}");

    private static TestServer server;
    private static FilledOrganization filled;
    private static String cookies;

    @BeforeAll
    static void fill() {
        server = TestServer.start();
        filled = FilledOrganization.of(TestOrganization.on(server));
        cookies = signInWithABrowser();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String signInWithABrowser() {
        Answer signedIn = filled.organization().signIn("admin", TestOrganization.PASSWORD, "cookie");
        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(201);
        return signedIn.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    /** Every path that any route has, the ones for POST only among them, with our own ids in its places. */
    private static SortedSet<String> paths() {
        SortedSet<String> paths = new TreeSet<>();
        OurRoutes.of(server).keySet().forEach(route -> paths.add(filled(route.substring(route.indexOf(' ') + 1))));
        OurRoutes.shortOnes(server).forEach(path -> paths.add(filled(path)));
        return paths;
    }

    private static String filled(String path) {
        String known = path.replace("{organization}", filled.organization().handle())
                .replace("{file}", "index.js")
                .replace("/**", "/x")
                .replace("/api/v1/names", "/api/v1/names?id=" + filled.one("per"));
        return PathPlaces.fill(known, segment -> PathPlaces.own(segment, filled.ids()));
    }

    @Test
    void noReadOfAnythingChangesAnything() throws Exception {
        SortedSet<String> paths = paths();
        assertThat(paths).hasSizeGreaterThan(120).noneMatch(path -> path.contains("{"));
        Fingerprint before = Fingerprint.settled(server.database());
        List<String> changes = new ArrayList<>();
        List<String> read = new ArrayList<>();
        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                read(
                        method,
                        path,
                        "Authorization",
                        "Bearer " + filled.organization().admin());
                read(method, path, "Authorization", "Bearer " + filled.token());
                read(method, path, "Cookie", cookies);
            }
            read.add(path);
            if (read.size() == AT_ONCE || path.equals(paths.last())) {
                Fingerprint after = Fingerprint.of(server.database());
                List<String> these = List.copyOf(read);
                before.differences(after)
                        .forEach(difference -> changes.add("one of " + these + " changed " + difference));
                before = after;
                read.clear();
            }
        }
        before.differences(Fingerprint.settled(server.database())).forEach(late -> changes.add("later: " + late));
        assertThat(changes).isEmpty();
    }

    /** As a browser would that prefetches, and as a caller would who hopes for another method. */
    private static int read(String method, String path, String header, String value) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header(header, value)
                .header("Sec-Purpose", "prefetch")
                .header("X-HTTP-Method-Override", "POST")
                .method(method, BodyPublishers.noBody())
                .build();
        return path.equals(STREAM) ? begun(request) : server.send(request).status();
    }

    private static int begun(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            answer.body().close();
            http.shutdownNow();
            return answer.statusCode();
        }
    }

    @Test
    void everyReadingRouteReallyAnswers() throws Exception {
        List<String> silent = new ArrayList<>();
        for (String route : OurRoutes.of(server).keySet()) {
            if (route.startsWith("GET ") && !NOT_SHOWN_HERE.contains(route)) {
                String path = filled(route.substring("GET ".length()));
                int status = read(
                        "GET",
                        path,
                        "Authorization",
                        "Bearer " + filled.organization().admin());
                if (status != 200) {
                    silent.add(route + ": " + status);
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    /** The one thing there is that is made by being read, as RATIONALE.md has it; it reads the same from then on. */
    @Test
    void onlyTheDocumentOfAGrantIsMadeByItsFirstRead() {
        String path = "/grants/" + filled.one("unread") + "/document";
        String admin = filled.organization().admin();
        Fingerprint before = Fingerprint.settled(server.database());
        String first = filled.organization().get(path, admin).text();
        Fingerprint after = Fingerprint.of(server.database());
        assertThat(before.differences(after).stream()
                        .map(difference -> difference.substring(0, difference.indexOf(':'))))
                .containsExactly("audit_event", "grant_document");
        assertThat(filled.organization().get(path, admin).text()).isEqualTo(first);
        assertThat(after.differences(Fingerprint.of(server.database()))).isEmpty();
    }

    @Test
    void theSmallestChangeIsSeen() {
        TestOrganization organization = filled.organization();
        Fingerprint before = Fingerprint.settled(server.database());
        Answer saved = server.call(
                "PUT", "/api/v1/me/preferences", organization.admin(), Map.of("theme", "dark", "singleKeys", true));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(before.differences(Fingerprint.of(server.database())))
                .singleElement()
                .asString()
                .startsWith("preference: ");
        Answer reminded =
                organization.post("/requests/" + filled.one("second") + "/reminders", organization.admin(), null);
        assertThat(reminded.status()).as(reminded.text()).isEqualTo(200);
        assertThat(before.differences(Fingerprint.of(server.database())))
                .anyMatch(difference -> difference.startsWith("audit_event: "))
                .anyMatch(difference -> difference.startsWith("request: "));
    }
}
