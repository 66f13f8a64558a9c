package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying policy as code changes.
 *
 * @param digest names exactly these changes
 * @param prune whether what the files lack is removed
 * @param added how many things are new
 * @param changed how many things change
 * @param removed how many things go
 */
public record DeclarationContent(
        @Schema(allowableValues = "declaration") String kind,
        String digest,
        boolean prune,
        int added,
        int changed,
        int removed,
        List<Thing> changes)
        implements ChangeContent {

    /** One thing that changes. */
    public record Thing(
            @Schema(allowableValues = {"add", "alter", "remove"})
            String change,

            String kind,
            String name,
            List<Field> fields) {}

    /**
     * One field of it.
     *
     * @param from before; absent where there was none
     * @param to after; absent where there is none
     */
    public record Field(
            String path, @Nullable String from, @Nullable String to) {}
}
