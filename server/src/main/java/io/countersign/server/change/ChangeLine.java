package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line as it is shown.
 *
 * @param oldLine its number before the change, where it was there
 * @param newLine its number after the change, where it will be there
 * @param text without its line break; hidden characters are marked
 * @param changed the parts of the text that differ from the line it replaces or is replaced by
 * @param continued whether it goes on with the line before, which is too long for one
 */
public record ChangeLine(
        @Schema(allowableValues = {"context", "added", "removed", "note"})
        String kind,

        @Nullable Integer oldLine,
        @Nullable Integer newLine,
        String text,
        List<Segment> changed,
        boolean continued) {

    static final String CONTEXT = "context";
    static final String ADDED = "added";
    static final String REMOVED = "removed";
    static final String NOTE = "note";

    /** From one place in the text to before another, counted in UTF-16 units. */
    public record Segment(int from, int to) {}

    public ChangeLine {
        changed = List.copyOf(changed);
    }

    ChangeLine marked(List<Segment> parts) {
        return new ChangeLine(kind, oldLine, newLine, text, parts, continued);
    }
}
