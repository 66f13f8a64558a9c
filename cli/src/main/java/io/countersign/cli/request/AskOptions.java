package io.countersign.cli.request;

import io.countersign.cli.command.Surroundings;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** The options of everything that puts a question to the gate. */
final class AskOptions {

    @Mixin
    private final ResourceOptions about = new ResourceOptions();

    @Mixin
    private final PayloadOptions payload = new PayloadOptions();

    @Option(
            names = "--subject",
            paramLabel = "WHO",
            description = "who acts, where you speak for somebody else (needs ask-on-behalf)")
    private @Nullable String subject;

    @Option(
            names = "--author",
            paramLabel = "WHO",
            description = "who wrote or last edited the change; may be repeated; authors never approve it")
    private List<String> authors = List.of();

    ResourceOptions about() {
        return about;
    }

    PayloadOptions payload() {
        return payload;
    }

    /** The body of the question, with the reason where one was given. */
    ObjectNode body(Surroundings surroundings, @Nullable String reason) {
        ObjectNode body = Json.object().put("action", about.action());
        body.set("resource", about.resource());
        if (subject != null) {
            body.put("subject", subject);
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        PayloadBytes bytes = payload.read(surroundings);
        if (bytes != null) {
            body.set("payload", bytes.json());
        }
        if (!authors.isEmpty()) {
            body.set("authors", Json.array(authors));
        }
        return body;
    }
}
