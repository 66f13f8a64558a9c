package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that Countersign does itself once it is approved.
 *
 * @param path the address, with its query
 * @param ifMatch the version that is changed, where the call names one; when it is not the present one any more, nothing
 *     happens
 * @param session the break-glass session that the call opens, by its number and id, or none
 * @param body what is sent, line by line; JSON with one value a line
 * @param names what the ids in it stand for now, by id
 */
public record CallContent(
        @Schema(allowableValues = "call") String kind,
        String method,
        String path,
        @Nullable String ifMatch,
        @Nullable String session,
        List<ChangeLine> body,
        Map<String, String> names)
        implements ChangeContent {}
