package io.countersign.server.gate;

import io.countersign.server.platform.LongText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An ask or a check as it arrives.
 *
 * @param action id of the action, for example {@code release.deploy}
 * @param subject who acts, by id or {@code @handle}; only for who may ask on behalf, else the caller acts
 * @param payload the exact bytes that will be acted on; nothing at all means an empty payload
 * @param payloadDigest instead of the payload, where it is stored already or only the digest matters (check)
 * @param authors author and last editor of the change, by id or {@code @handle}
 * @param supersedes the request this ask takes the place of
 * @param resubmit whether a denied or expired equal ask is to be put again, for people only
 * @param breakGlassSession the break-glass session by which it is to pass, by id or number; only its owner names it
 */
record AskForm(
        String action,
        ResourceForm resource,
        @Nullable String subject,
        @Nullable String reason,
        @Nullable PayloadForm payload,
        @Nullable String payloadDigest,
        @Nullable List<String> authors,
        @Nullable String supersedes,
        @Nullable Boolean resubmit,
        @Nullable String breakGlassSession) {

    /**
     * The resource as it is named.
     *
     * @param type organization, project, environment or cluster
     * @param id id, or {@code project/environment}, or a project's or cluster's name; not needed for the organization
     */
    record ResourceForm(
            String type,
            @Nullable String id,
            @Nullable String release,
            @Nullable String from,
            @Nullable String to,
            @Nullable Map<String, String> attributes) {}

    /** The payload's bytes, as text or in base64, and how to read them. */
    record PayloadForm(
            @Nullable String mediaType,

            @JsonDeserialize(using = LongText.class) @Nullable
            String text,

            @JsonDeserialize(using = LongText.class) @Nullable
            String base64) {}
}
