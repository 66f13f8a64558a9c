package io.countersign.client.wire;

import java.io.Serial;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Thrown when the server has taken a call in and not carried it out: people must approve it first, and then exactly the same
 * call does what it says.
 */
public final class CallOnHold extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient JsonNode answer;

    CallOnHold(JsonNode answer) {
        super("it waits for approval");
        this.answer = answer;
    }

    /** Whether an answer says that the call was held. */
    static boolean isOne(int status, JsonNode body) {
        return status == 202 && Json.text(body, "decision").equals("hold");
    }

    /** The whole answer. */
    public JsonNode answer() {
        return answer;
    }

    /** What the gate said about each thing that the call would do: a hold, its request, its requirements. */
    public List<JsonNode> holds() {
        return Json.list(answer, "requests");
    }

    /** The numbers of the requests it waits for, such as {@code AR-12}. */
    public List<String> numbers() {
        return holds().stream()
                .map(hold -> Json.text(hold, "request", "number"))
                .toList();
    }
}
