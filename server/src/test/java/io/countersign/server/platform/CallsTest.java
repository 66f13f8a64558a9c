package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallsTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start(TrialApi.SETTING, "--countersign.server.body-limit=100KB");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer body(String json) {
        return server.call("POST", "/api/v1/trial/body", "session", json);
    }

    @Test
    void letsAnybodyUseAPublicRoute() {
        assertThat(server.get("/api/v1/trial/public", null)
                        .body()
                        .path("caller")
                        .asString())
                .isEqualTo("nobody");
        assertThat(server.get("/api/v1/trial/public", "session")
                        .body()
                        .path("caller")
                        .asString())
                .isEqualTo("per_session");
    }

    @Test
    void asksForACredential() {
        Answer answer = server.get("/api/v1/trial/signed-in", null);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("sign-in-required");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void refusesASecretNobodyOwns() {
        assertThat(server.get("/api/v1/trial/public", "stolen").code()).isEqualTo("credential-unknown");
        assertThat(server.call("GET", "/api/v1/trial/public", null, null, "Authorization", "Basic abc")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void tellsATooNarrowTokenWhichScopeItLacks() {
        Answer answer = server.call("POST", "/api/v1/trial/body", "asker", "{}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("permission-missing");
        assertThat(answer.body().path("permission").asString()).isEqualTo("policy-write");
        assertThat(answer.body().path("remedy").asString()).contains("scope `policy`");
    }

    @Test
    void tellsAPersonWithoutTheRoleWhomToAsk() {
        assertThat(server.call("POST", "/api/v1/trial/body", "weak", "{}")
                        .body()
                        .path("remedy")
                        .asString())
                .contains("administrator");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"name":"a","count":1,"colour":"red"}     | unknown-field   | colour           | there is no field `colour` here
                    {"name":"a","count":"1"}                  | wrong-type      | count            | a whole number
                    {"name":"a","count":1.5}                  | wrong-type      | count            | a whole number
                    {"name":"a","count":null}                 | field-required  | count            | needed
                    {"name":"a"}                              | field-required  | count            | needed
                    {"count":1}                               | field-required  | name             | needed
                    {"name":null,"count":1}                   | field-required  | name             | needed
                    {"name":["a"],"count":1}                  | wrong-type      | name             | a text
                    {"name":5,"count":1}                      | wrong-type      | name             | a text
                    {"name":"a","count":1,"at":"tomorrow"}    | wrong-type      | at               | an instant such as
                    {"name":"a","count":1,"after":"1 hour"}   | wrong-type      | after            | a duration such as
                    {"name":"a","count":1,"words":[null]}     | field-required  | words[0]         | needed
                    {"name":"a","count":1,"inner":{"numbers":[1,"x"]}} | wrong-type | inner.numbers[1] | a whole number
                    {"name":"a","count":1,"inner":{"permission":"fly"}} | wrong-type | inner.permission | one of
                    [1]                                       | wrong-type      |                  | an object
                    """)
    void namesTheFieldThatIsWrong(String json, String code, String field, String words) {
        Answer answer = body(json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("violations").path(0).path("field").asString(""))
                .isEqualTo(field == null ? "" : field);
        assertThat(answer.body().path("detail").asString()).contains(words).contains("line 1, column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"name":                          | malformed-json
                    {"name":"a","count":1} {}         | malformed-json
                    {"name":"a","name":"b","count":1} | duplicate-field
                    nonsense                          | malformed-json
                    """)
    void refusesWhatIsNoJson(String json, String code) {
        Answer answer = body(json);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("detail").asString()).contains("line 1, column");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    {"count":NaN}                      | malformed-json | `NaN` is no JSON
                    {"count":Infinity}                 | malformed-json | `Infinity` is no JSON
                    {"count":-Infinity}                | malformed-json | `-Infinity` is no JSON
                    {"count":+INF}                     | malformed-json |
                    {"count":+1}                       | malformed-json | plus sign
                    {"count":01}                       | malformed-json | zero
                    {"count":.5}                       | malformed-json |
                    {"count":1.}                       | malformed-json |
                    {"count":1e}                       | malformed-json |
                    {"count":1,}                       | malformed-json |
                    {"name":"a","count":1} // one      | malformed-json | comment
                    {"count":1 /* one */}              | malformed-json | comment
                    {"count":1 # one                   | malformed-json | `#`
                    {'count':1}                        | malformed-json |
                    {count:1}                          | malformed-json |
                    {"count":tru}                      | malformed-json | `tru`
                    {"count":1]                        | malformed-json |
                    {"name":"\\q"}                     | malformed-json | escape
                    {"name":"\\u12"}                   | malformed-json |
                    {"name":"a                         | malformed-json |
                    {"name":"$TAB"}                    | malformed-json | control character
                    {"count":$NUMBER}                  | json-too-large | a number has at most 1,000 characters
                    {"$NAME":1}                        | json-too-large | a name of a field has at most 50,000 characters
                    """)
    void saysWhatIsNoJsonInWordsForItsCaller(String json, String code, @Nullable String words) {
        Answer answer = body(
                json.replace("$TAB", "\t").replace("$NUMBER", "1".repeat(1_001)).replace("$NAME", "n".repeat(50_001)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("detail").asString())
                .contains(words == null ? "line" : words)
                .doesNotContainPattern("[A-Z][a-z]+[A-Z][a-z]|[A-Z]+_[A-Z]+|CTRL|[Ff]eature|Unexpected|\\(code|\\(\\)")
                .doesNotContain("for parser", "to allow", "byte[]", "REDACTED");
    }

    @Test
    void saysHowDeepABodyMayBe() {
        Answer answer = server.call("POST", "/access/v1/evaluation", "session", "[".repeat(65));
        assertThat(answer.code()).isEqualTo("json-too-large");
        assertThat(answer.body().path("detail").asString())
                .contains("at most 64 levels")
                .doesNotContain("StreamRead", "getMax");
    }

    @Test
    void saysThatTheContentTypeIsMissing() {
        for (String path : new String[] {"/api/v1/trial/body", "/api/v1/asks"}) {
            Answer answer = server.send(HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Authorization", "Bearer session")
                    .POST(BodyPublishers.ofString("{}"))
                    .build());
            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.body().path("detail").asString())
                    .contains("`Content-Type` is missing")
                    .doesNotContain("null");
        }
    }

    @Test
    void takesAnAbsentListForAnEmptyOne() {
        Answer answer = body("{\"name\":\"a\",\"count\":1}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"name\":\"a\",\"count\":1,\"words\":[]}");
    }

    @Test
    void refusesNoBodyDeepBodiesAndOtherMedia() {
        assertThat(server.call("POST", "/api/v1/trial/body", "session", "").code())
                .isEqualTo("body-required");
        assertThat(body("{\"name\":" + "[".repeat(100) + "]".repeat(100) + "}").code())
                .isIn("json-too-large", "wrong-type");
        assertThat(body("[".repeat(100_000)).code()).isIn("json-too-large", "wrong-type", "malformed-json");
        HttpRequest text = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/trial/body"))
                .header("Authorization", "Bearer session")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))
                .build();
        assertThat(server.send(text).code()).isEqualTo("media-type-not-supported");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] bytes = "{\"name\":\"__\",\"count\":1}".getBytes(StandardCharsets.UTF_8);
        bytes[9] = (byte) 0xc3;
        bytes[10] = (byte) 0x28;
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/trial/body"))
                .header("Authorization", "Bearer session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(bytes))
                .build();
        assertThat(server.send(request).code()).isEqualTo("invalid-utf-8");
    }

    @Test
    void refusesABodyOverTheLimitAnnouncedOrNot() {
        String large = "{\"name\":\"" + "x".repeat(200_000) + "\",\"count\":1}";
        assertThat(body(large).code()).isEqualTo("body-too-large");
        HttpRequest chunked = HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/trial/body"))
                .header("Authorization", "Bearer session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(large.getBytes(StandardCharsets.UTF_8))))
                .build();
        Answer answer = server.send(chunked);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
    }

    @Test
    void tellsOfAddressesAndMethodsThatAreNotThere() {
        assertThat(server.get("/api/v1/nowhere", "session").code()).isEqualTo("route-not-found");
        Answer answer = server.call("DELETE", "/api/v1/trial/body", "session", null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.code()).isEqualTo("method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
        assertThat(server.get("/api/v1/trial/signed-in?number=two", "session")
                        .body()
                        .path("violations")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo("number");
    }

    @Test
    void keepsTheCausesOfItsOwnMistakesToItsLog() {
        Answer answer = server.get("/api/v1/trial/broken", null);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("internal-error");
        assertThat(answer.text()).doesNotContain("only the log");
        assertThat(answer.body().path("requestId").asString())
                .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    @Test
    void echoesADecentRequestIdAndReplacesAnother() {
        Answer mine = server.call("GET", "/api/v1/trial/signed-in", null, null, "X-Request-Id", "mine-42");
        assertThat(mine.body().path("requestId").asString()).isEqualTo("mine-42");
        assertThat(mine.headers().firstValue("X-Request-Id")).contains("mine-42");
        Answer odd = server.call("GET", "/api/v1/trial/public", null, null, "X-Request-Id", "<script>");
        assertThat(odd.headers().firstValue("X-Request-Id").orElseThrow()).startsWith("call_");
    }

    @Test
    void answersAMalformedRequestWithAProblemToo() throws IOException {
        for (String raw : new String[] {
            "G@T / HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /api/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /api/v1/..;/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /a|b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        }) {
            URI address = URI.create(server.url());
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.getOutputStream().write(raw.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(raw).startsWith("HTTP/1.1 4").contains("application/problem+json", "requestId");
            }
        }
    }

    @Test
    void setsTheHeadersThatProtectABrowser() {
        var headers = server.get("/api/v1/trial/public", null).headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(headers.firstValue("Cache-Control").orElseThrow()).contains("no-store");
        assertThat(headers.firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void demandsTheTokenAgainstForeignSitesOnlyWhenACookieMakesAChange() {
        String cookie = "countersign_session=session";
        String json = "{\"name\":\"a\",\"count\":1}";
        assertThat(server.call("GET", "/api/v1/trial/signed-in", null, null, "Cookie", cookie)
                        .status())
                .isEqualTo(200);
        assertThat(server.call("POST", "/api/v1/trial/body", null, json, "Cookie", cookie)
                        .code())
                .isEqualTo("csrf-token-missing");
        assertThat(server.call("POST", "/api/v1/trial/body", null, json, "Cookie", cookie, "X-XSRF-TOKEN", "guess")
                        .code())
                .isEqualTo("csrf-token-missing");
        assertThat(server.call(
                                "POST",
                                "/api/v1/trial/body",
                                null,
                                json,
                                "Cookie",
                                cookie,
                                "X-XSRF-TOKEN",
                                SessionCookie.csrfToken("session"))
                        .status())
                .isEqualTo(200);
        assertThat(server.call("GET", "/api/v1/trial/public", null, null, "Cookie", "countersign_session=old")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void doesAnActOnceForEachKey() {
        Map<String, Object> body = Map.of("name", "plain", "count", 1);
        Answer first = server.call("POST", "/api/v1/trial/once", "asker", body, "Idempotency-Key", "k1");
        Answer again = server.call("POST", "/api/v1/trial/once", "asker", body, "Idempotency-Key", "k1");
        assertThat(first.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        Answer other = server.call(
                "POST", "/api/v1/trial/once", "asker", Map.of("name", "other", "count", 1), "Idempotency-Key", "k1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
        assertThat(server.call("POST", "/api/v1/trial/once", "asker", body).code())
                .isEqualTo("idempotency-key-required");
        assertThat(server.call("POST", "/api/v1/trial/once", "session", body, "Idempotency-Key", "k1")
                        .text())
                .isNotEqualTo(first.text());
    }

    @Test
    void repeatsNoSecretAndNoHoldAndFreesTheKeyOfARefusal() {
        Map<String, Object> secret = Map.of("name", "secret", "count", 1);
        assertThat(server.call("POST", "/api/v1/trial/once", "asker", secret, "Idempotency-Key", "s")
                        .text())
                .contains("secret\":");
        assertThat(server.call("POST", "/api/v1/trial/once", "asker", secret, "Idempotency-Key", "s")
                        .code())
                .isEqualTo("secret-already-shown");
        Map<String, Object> held = Map.of("name", "held", "count", 1);
        Answer one = server.call("POST", "/api/v1/trial/once", "asker", held, "Idempotency-Key", "h");
        Answer two = server.call("POST", "/api/v1/trial/once", "asker", held, "Idempotency-Key", "h");
        assertThat(two.text()).isNotEqualTo(one.text());
        Map<String, Object> refused = Map.of("name", "refused", "count", 1);
        Answer no = server.call("POST", "/api/v1/trial/once", "asker", refused, "Idempotency-Key", "r");
        Answer noAgain = server.call("POST", "/api/v1/trial/once", "asker", refused, "Idempotency-Key", "r");
        assertThat(no.status()).isEqualTo(409);
        assertThat(noAgain.body().path("detail").asString())
                .isNotEqualTo(no.body().path("detail").asString());
    }

    @Test
    void saysHowItIsAndCountsWhatItDoes() {
        assertThat(server.get("/health/live", null).text()).isEqualTo("{\"status\":\"up\"}");
        assertThat(server.get("/health/ready", null).status()).isEqualTo(200);
        assertThat(server.get("/metrics", null).text())
                .contains("platform_http_calls_seconds_count", "hikaricp_connections", "jvm_memory_used_bytes");
    }
}
