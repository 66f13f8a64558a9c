package io.countersign.server.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.TestServer;
import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What no parameter of a query can mean is refused by the parameter's name, on every route alike. */
class QueryParametersTest {

    private static final List<String> NO_TEXT = List.of("%ff", "%ED%A0%80", "a%C3", "%C0%80");
    private static final List<String> FAR =
            List.of("%2B1000000000-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z", "1899-12-31T23:59:59Z");

    private final TestServer server = TestServer.shared();
    private final TestOrganization acme = TestOrganization.on(server);

    /** A parameter of an operation's query, as the document of the API has it. */
    private record Parameter(String method, String path, String name, JsonNode schema) {

        String given(String value) {
            return path.replaceAll("\\{[^}]+}", "unknown-0000000000") + "?" + name + "=" + value;
        }
    }

    private List<Parameter> parameters(Predicate<Parameter> wanted) {
        List<Parameter> all = new ArrayList<>();
        server.get("/openapi.json", null)
                .body()
                .path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> operation
                        .path("parameters")
                        .valueStream()
                        .filter(one -> one.path("in").asString().equals("query"))
                        .map(one -> new Parameter(method, path, one.path("name").asString(), one.path("schema")))
                        .filter(wanted)
                        .forEach(all::add)));
        return all;
    }

    /** What is not refused with this code, by the name of the parameter. */
    private List<String> unrefused(List<Parameter> parameters, List<String> values, String code) {
        List<String> wrong = new ArrayList<>();
        for (Parameter parameter : parameters) {
            for (String value : values) {
                Answer answer = server.call(
                        parameter.method().toUpperCase(Locale.ROOT), parameter.given(value), acme.admin(), null);
                if (answer.status() != 400
                        || !answer.code().equals(code)
                        || !named(answer).equals(parameter.name())) {
                    wrong.add(parameter.given(value) + ": " + answer.status() + " " + answer.text());
                }
            }
        }
        return wrong;
    }

    private static String named(Answer answer) {
        return answer.body().at("/violations/0/field").asString("");
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        List<Parameter> all = parameters(_ -> true);
        assertThat(all).hasSizeGreaterThan(80);
        assertThat(unrefused(all, NO_TEXT, "invalid-utf-8")).isEmpty();
        assertThat(unrefused(all, List.of("%00", "a%00b"), "wrong-value")).isEmpty();
    }

    @Test
    void whatIsNotUtf8IsRefusedWhereNothingReadsIt() {
        for (String path : List.of("/api/v1/checks?q=%ff", "/api/v1/asks?%ff=q", "/access/v1/evaluation?a=b&c=%ff")) {
            Answer answer = server.post(path, acme.admin(), Map.of());
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("invalid-utf-8");
        }
        assertThat(server.get("/health/live?q=%ff", null).code()).isEqualTo("invalid-utf-8");
    }

    @Test
    void whatIsPercentEncodedWrongIsRefused() throws IOException {
        URI address = URI.create(server.url());
        for (String value : List.of("%zz", "%f", "%", "%-1", "%+1")) {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                String raw = "GET /api/v1/people?q=" + value + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                        + "Authorization: Bearer " + acme.admin() + "\r\n\r\n";
                socket.getOutputStream().write(raw.getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).as(value).startsWith("HTTP/1.1 400").contains("\"field\":\"q\"", "wrong-value");
            }
        }
    }

    @Test
    void whatIsNoListOfParametersIsNoMistakeOfTheServer() {
        for (String query : List.of("=x", "&&=&", "a&&b", "x".repeat(5_000), "a=1&".repeat(1_500))) {
            Answer answer = acme.get("/people?" + query, acme.admin());
            assertThat(answer.status()).as(query + answer.text()).isLessThan(500);
        }
    }

    @Test
    void whatAFormEncodesIsNoMistakeOfTheServer() {
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            for (String body : List.of("q=%ff", "q=%zz", "q=%00")) {
                for (String path : List.of("/api/v1/teams", "/api/v1/teams/unknown", "/api/v1/people?limit=5")) {
                    Answer answer = server.send(HttpRequest.newBuilder(URI.create(server.url() + path))
                            .header("Authorization", "Bearer " + acme.admin())
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, BodyPublishers.ofString(body))
                            .build());
                    assertThat(answer.status())
                            .as(method + " " + path + " " + body + answer.text())
                            .isBetween(400, 499);
                }
            }
        }
    }

    @Test
    void anInstantWithWhichNobodyCanReckonIsRefused() {
        List<Parameter> instants =
                parameters(one -> one.schema().path("format").asString("").equals("date-time"));
        assertThat(instants).hasSize(10);
        assertThat(parameters(one -> List.of("from", "to").contains(one.name())))
                .isEqualTo(instants);
        assertThat(unrefused(instants, FAR, "wrong-value")).isEmpty();
        assertThat(unrefused(instants, List.of("yesterday", ""), "wrong-type")).isEmpty();
        Answer far = server.get(instants.getFirst().given(FAR.getFirst()), acme.admin());
        assertThat(far.body().path("detail").asString()).contains("between the years 1900 and 9999");
    }

    @Test
    void aCursorThatTheListNeverGaveIsRefused() {
        for (int i = 0; i < 3; i++) {
            acme.team("team-" + i, "@admin");
        }
        String ofTeams = acme.get("/teams?limit=1", acme.admin())
                .body()
                .path("nextCursor")
                .asString();
        assertThat(acme.get("/teams?limit=1&cursor=" + ofTeams, acme.admin()).status())
                .isEqualTo(200);
        List<Parameter> cursors = parameters(one -> one.name().equals("cursor"));
        assertThat(cursors).hasSizeGreaterThan(15);
        assertThat(unrefused(cursors, List.of("eyJ9", "*", "AAAAAAAA", ofTeams + "x"), "bad-cursor"))
                .isEmpty();
        cursors.removeIf(one -> one.path().equals("/api/v1/teams"));
        assertThat(unrefused(cursors, List.of(ofTeams), "bad-cursor")).isEmpty();
    }
}
