package io.countersign.server.change;

import io.countersign.server.change.DiffContent.Hunk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How the payload differs from another request's: from the other one to this one, as lines.
 *
 * @param against the number of the other request
 * @param againstDigest of the other payload's bytes
 * @param same whether both payloads are the same bytes
 * @param linesAdded how many lines only this one has
 * @param linesRemoved how many lines only the other one has
 */
public record ComparisonContent(
        @Schema(allowableValues = "comparison") String kind,
        String against,
        String againstDigest,
        boolean same,
        int linesAdded,
        int linesRemoved,
        List<Hunk> hunks)
        implements ChangeContent {}
