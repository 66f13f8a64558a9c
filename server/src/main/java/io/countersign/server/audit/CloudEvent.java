package io.countersign.server.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A live event in the JSON format of CloudEvents 1.0.
 *
 * @param id organization and place in its log; the same event always has the same
 * @param source the server's public address and the organization
 * @param subject the number of the request it is about, or none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        Instant time,
        @Nullable String subject,
        String datacontenttype,
        LiveEvent data) {

    private static final String PREFIX = "io.countersign.";

    /** Where the last word of an entry's type is not what happened to the words before it. */
    private static final Map<String, String> BY_NAME = Map.of(
            "request-opened", "request.created",
            "breakglass-not-opened", "breakglass.not-opened",
            "requirements-added", "request.requirements-added",
            "signed-in", "session.opened",
            "sign-in-failed", "session.refused",
            "signed-out", "session.closed",
            "signed-out-everywhere", "session.closed-everywhere");

    static CloudEvent of(LiveEvent event, String organizationId, String address) {
        return new CloudEvent(
                "1.0",
                organizationId + "/" + event.leafIndex(),
                address + "/organizations/" + organizationId,
                typeOf(event.type()),
                event.time(),
                event.number() == null ? event.requestId() : event.number(),
                "application/json",
                event);
    }

    /** The type for a kind of entry: {@code io.countersign.request.approved} for {@code request-approved}. */
    static String typeOf(String entryType) {
        String named = BY_NAME.get(entryType);
        if (named != null) {
            return PREFIX + named;
        }
        int verb = entryType.lastIndexOf('-');
        return PREFIX + entryType.substring(0, verb) + "." + entryType.substring(verb + 1);
    }
}
