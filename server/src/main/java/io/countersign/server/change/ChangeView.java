package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A payload as people read it.
 *
 * @param digest of the very bytes, secrets included
 * @param mediaType as the asker named it
 * @param size of the payload, in bytes
 * @param complete whether every part of the payload is shown here, or named in {@code folded}; nobody may take less for
 *     the whole
 * @param leftOut what is not in this answer, in words; absent where it is complete
 * @param covered how many likely secrets are covered by stars
 * @param hidden how many invisible, reordering or undefined characters are in it, each marked such as {@code ⟦U+202E⟧}
 * @param lookalikes how many characters are in it that pass for others, marked in the same way
 * @param remarks what is unusual about the payload, in sentences
 * @param summary the change in one line
 * @param moreInSummary how many values change beside those in the summary
 * @param folded parts that are named and not shown
 */
public record ChangeView(
        String digest,
        String mediaType,
        long size,
        boolean complete,
        @Nullable String leftOut,
        int covered,
        int hidden,
        int lookalikes,
        List<String> remarks,
        List<Brief> summary,
        int moreInSummary,
        Rows rows,
        List<Folded> folded,
        ChangeContent content) {

    /**
     * One value that changes.
     *
     * @param from before; absent where there was none
     * @param to after; absent where there is none
     */
    public record Brief(
            String label, @Nullable String from, @Nullable String to) {}

    /**
     * Which rows of the rendering this answer has.
     *
     * @param offset the first, counted from 0
     * @param shown how many
     * @param total how many there are
     * @param nextOffset where to go on; absent at the end
     */
    public record Rows(
            int offset, int shown, int total, @Nullable Integer nextOffset) {}

    /**
     * A part of the payload that is named and not shown.
     *
     * @param what it is, in words
     * @param size in bytes
     * @param sha256 of these bytes, in hexadecimal digits
     */
    public record Folded(
            String what,
            long size,
            @Schema(pattern = "[0-9a-f]{64}") String sha256) {}
}
