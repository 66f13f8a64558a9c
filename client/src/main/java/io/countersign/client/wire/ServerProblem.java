package io.countersign.client.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the server said when it refused: an RFC 9457 problem document, read leniently.
 *
 * @param code stable word for programs, empty where the answer was no problem document
 * @param body everything the server said, or nothing where it was no JSON
 */
public record ServerProblem(
        int status,
        String code,
        String title,
        String detail,
        List<Violation> violations,
        String remedy,
        String requestId,
        @Nullable JsonNode body) {

    /** One thing that was wrong. */
    public record Violation(String code, String field, String message, String remedy) {}

    public ServerProblem {
        violations = List.copyOf(violations);
    }

    /** Whether an outcome could not be reported because this very one stands already: then it is known, and all is well. */
    public boolean reportedAlready(String result) {
        return code.equals("already-reported")
                && body != null
                && Json.text(body, "outcome").equals(result);
    }

    /** Reads the answer; whatever stands between us and the server may have written it. */
    static ServerProblem read(int status, byte[] answer) {
        try {
            JsonNode body = Json.parse(answer);
            if (body.isObject() && body.has("title")) {
                return of(status, body);
            }
        } catch (JacksonException notFromTheServer) {
            return foreign(status);
        }
        return foreign(status);
    }

    private static ServerProblem of(int status, JsonNode body) {
        List<Violation> violations = Json.list(body, "violations").stream()
                .map(one -> new Violation(
                        Json.text(one, "code"),
                        Json.text(one, "field"),
                        Json.text(one, "message"),
                        Json.text(one, "remedy")))
                .toList();
        return new ServerProblem(
                status,
                Json.text(body, "code"),
                Json.text(body, "title"),
                Json.text(body, "detail"),
                violations,
                Json.text(body, "remedy"),
                Json.text(body, "requestId"),
                body);
    }

    private static ServerProblem foreign(int status) {
        return new ServerProblem(
                status,
                "",
                "the answer was not Countersign's",
                "status " + status + " without a problem document; something between here and the server answered",
                List.of(),
                "check the address: `countersign whoami` says which server is asked",
                "",
                null);
    }
}
