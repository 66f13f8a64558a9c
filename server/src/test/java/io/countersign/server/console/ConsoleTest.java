package io.countersign.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private static final Path PATHS = Path.of(System.getProperty("house.root", ".."), "web", "src", "app", "paths.ts");
    private static final Pattern NONCE = Pattern.compile("style-src 'self' 'nonce-([^']+)'");

    /** What browsers send when somebody types an address. */
    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private final TestServer server = TestServer.shared();

    @Test
    void answersEveryAddressOfTheConsoleWithItsPage() throws IOException {
        Matcher path = Pattern.compile("'(/[^']*)'").matcher(Files.readString(PATHS));
        int seen = 0;
        while (path.find()) {
            Answer answer = server.get(path.group(1).replaceAll("\\$\\w+", "some-1"), null);
            assertThat(answer.status()).as(path.group(1)).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .as(path.group(1))
                    .hasValue("text/html;charset=UTF-8");
            seen++;
        }
        assertThat(seen).isGreaterThan(15);
    }

    @Test
    void drawsAnotherNonceForEveryAnswer() {
        assertThat(nonce(server.get("/", null))).isNotEqualTo(nonce(server.get("/", null)));
    }

    @Test
    void allowsNothingInlineAndNothingFromElsewhere() {
        String policy = policy(server.get("/approvals", null));
        assertThat(policy)
                .contains("default-src 'self'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "http:", "https:", "*");
    }

    @Test
    void keepsThePageOutOfCaches() {
        assertThat(server.get("/", null).headers().firstValue("Cache-Control").orElse(""))
                .contains("no-store");
    }

    @Test
    void answersUnknownAssetsWithAProblem() {
        for (String name : new String[] {"none.js", "..%2Findex.html", "index.html.gz", "none"}) {
            Answer answer = server.get("/assets/" + name, null);
            assertThat(answer.status()).as(name).isIn(400, 404);
            assertThat(answer.code()).as(name).isNotEmpty();
        }
    }

    @Test
    void showsABrowserAPageWhereThereIsNone() {
        for (String address : new String[] {"/polices", "/aprovals/AR-1?from=mail", "/apis", "/settings.html"}) {
            Answer shown = server.call("GET", address, null, null, "Accept", BROWSER);
            assertThat(shown.status()).as(address).isEqualTo(404);
            assertThat(shown.headers().firstValue("Content-Type")).as(address).hasValue("text/html;charset=UTF-8");
            assertThat(shown.headers().firstValue("Cache-Control").orElse(""))
                    .as(address)
                    .contains("no-store");
            assertThat(shown.headers().firstValue("X-Request-Id")).as(address).isPresent();
            assertThat(nonce(shown)).as(address).isNotEmpty();
        }
    }

    @Test
    void tellsProgramsAProblemWhereThereIsNothing() {
        for (String accept :
                new String[] {"*/*", "application/json", "text/html;q=0, */*", "text/*", "no media type"}) {
            Answer told = server.call("GET", "/polices", null, null, "Accept", accept);
            assertThat(told.status()).as(accept).isEqualTo(404);
            assertThat(told.code()).as(accept).isEqualTo("route-not-found");
        }
        assertThat(server.get("/polices", null).code()).isEqualTo("route-not-found");
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            Answer told = server.call(method, "/polices", null, null, "Accept", BROWSER);
            assertThat(told.status()).as(method).isEqualTo(404);
            assertThat(told.code()).as(method).isEqualTo("route-not-found");
        }
    }

    @Test
    void leavesAddressesOfTheApiAndOfAssetsToPrograms() {
        for (String address : new String[] {"/api/v1/nowhere", "/api", "/api/", "/assets/none.js"}) {
            Answer told = server.call("GET", address, null, null, "Accept", BROWSER);
            assertThat(told.status()).as(address).isEqualTo(404);
            assertThat(told.code()).as(address).endsWith("-not-found");
        }
        Answer wrong = server.call("DELETE", "/approvals", null, null, "Accept", BROWSER);
        assertThat(wrong.status()).isEqualTo(405);
        assertThat(wrong.code()).isEqualTo("method-not-allowed");
        assertThat(wrong.headers().firstValue("Allow").orElse("")).contains("GET");
    }

    private static String policy(Answer answer) {
        return answer.headers().firstValue("Content-Security-Policy").orElse("");
    }

    private static String nonce(Answer answer) {
        Matcher nonce = NONCE.matcher(policy(answer));
        assertThat(nonce.find()).isTrue();
        if (!answer.text().contains("built without the console")) {
            assertThat(answer.text()).contains("content=\"" + nonce.group(1) + "\"");
        }
        return nonce.group(1);
    }
}
