package io.countersign.cli.git;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.request.GateReading;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the gate about pushes, uses its grants and tells it what became of them. */
final class PushGate {

    private static final int MOST_PEOPLE = 100_000;

    /** As many as one ask can name. */
    private static final int MOST_AUTHORS = 100;

    private final ServerClient server;
    private final @Nullable String pusher;
    private final PushOptions options;

    /**
     * The gate at this server.
     *
     * @param pusher whom the push is asked for, as {@code @handle}; none for the token's own account
     */
    PushGate(ServerClient server, @Nullable String pusher, PushOptions options) {
        this.server = server;
        this.pusher = pusher;
        this.options = options;
    }

    /** Asks whether this may be pushed; where it needs approval, the request is opened. */
    GateReading ask(PushPlan plan, Set<String> authors) {
        ObjectNode body = about(plan);
        body.set("payload", plan.payload().json());
        if (!authors.isEmpty()) {
            body.set("authors", Json.array(authors));
        }
        if (!options.supersedes().isEmpty()) {
            body.put("supersedes", options.supersedes());
        }
        if (options.resubmit()) {
            body.put("resubmit", true);
        }
        if (!options.breakGlass().isEmpty()) {
            body.put("breakGlassSession", options.breakGlass());
        }
        return answer("/asks", body);
    }

    /** Uses what permits this push, for this one execution. */
    GateReading redeem(PushPlan plan, String executionId) {
        ObjectNode body =
                about(plan).put("payloadDigest", plan.payload().digest()).put("executionId", executionId);
        return answer("/redemptions", body);
    }

    /** Reports how an execution ended. */
    void outcome(PushExecution execution, boolean succeeded, String words) {
        ObjectNode body =
                Json.object().put("result", succeeded ? "succeeded" : "failed").put("text", words);
        if (succeeded && !execution.link().isEmpty()) {
            body.put("link", execution.link());
        }
        server.send(Call.post(Call.path("executions", execution.id(), "outcome"), body, key()));
    }

    /** The people the directory knows by the addresses of a change's authors; an address nobody has is nobody's. */
    Set<String> authors(PushPlan plan) {
        Set<String> wanted = new HashSet<>();
        plan.writers().forEach(address -> wanted.add(address.toLowerCase(Locale.ROOT)));
        Set<String> people = new TreeSet<>();
        List<JsonNode> directory = wanted.isEmpty() ? List.of() : server.items("/people", MOST_PEOPLE);
        for (JsonNode person : directory) {
            if (wanted.contains(Json.text(person, "email").toLowerCase(Locale.ROOT))) {
                people.add(Json.text(person, "id"));
            }
        }
        if (people.size() > MOST_AUTHORS) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    plan.update().ref() + " brings the work of " + people.size()
                            + " people, and none of them may approve it; at most " + MOST_AUTHORS + " can be named",
                    "push it in parts: an earlier commit of the branch first, then the rest");
        }
        return people;
    }

    /** How the request behind a hold stands; nothing where it cannot be read, because the hold is told all the same. */
    Optional<JsonNode> request(GateReading held) {
        try {
            return Optional.of(server.get(Call.path("requests", held.number())));
        } catch (ServerRefusal | UnreachableException unreadable) {
            return Optional.empty();
        }
    }

    /** Where people look at the request an answer is about. */
    static Optional<String> link(GateReading answer) {
        return Optional.of(Json.text(answer.body(), "request", "link")).filter(link -> !link.isEmpty());
    }

    private ObjectNode about(PushPlan plan) {
        ObjectNode body = Json.object().put("action", plan.action());
        body.set("resource", plan.resource());
        if (pusher != null) {
            body.put("subject", pusher);
        }
        if (!options.reason().isEmpty()) {
            body.put("reason", options.reason());
        }
        return body;
    }

    private GateReading answer(String path, ObjectNode body) {
        return new GateReading(server.send(Call.post(path, body, key())).body());
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
