package io.countersign.cli.git;

import io.countersign.cli.payload.PushPayload;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the push of one ref means: which action on which environment, with exactly which payload.
 *
 * @param action {@code release.deploy}, {@code promotion.execute} or {@code rollback.execute}
 * @param environment as {@code project/environment}
 * @param from what the step begins with: the environment a promotion comes from, else the id that was there before
 * @param writers e-mail addresses of those who wrote the commits that this environment has not had
 */
record PushPlan(
        RefUpdate update,
        String repository,
        String action,
        String environment,
        String from,
        PayloadBytes payload,
        Set<String> writers) {

    PushPlan {
        writers = Set.copyOf(writers);
    }

    /** The place, with what it begins and ends with, so that a grant is for this very step. */
    ObjectNode resource() {
        ObjectNode resource = Json.object()
                .put("type", "environment")
                .put("id", environment)
                .put("from", from)
                .put("to", update.newId());
        resource.putObject("attributes").put("repository", repository).put("ref", update.ref());
        return resource;
    }

    /** In one line, for the pusher. */
    String words() {
        return update.ref() + " is " + action + " on " + environment;
    }

    static PayloadBytes bytes(PushPayload payload) {
        return PayloadBytes.of(PushPayload.MEDIA_TYPE, payload.bytes());
    }
}
