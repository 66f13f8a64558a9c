package io.countersign.server.change;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patch, file by file.
 *
 * @param push which ref of which repository is pushed; absent where the payload is a patch alone
 * @param added how many files are new
 * @param changed how many files change
 * @param removed how many files go
 * @param linesAdded how many lines are added in all files
 * @param linesRemoved how many lines are removed in all files
 * @param preamble what stands before the first file
 */
public record DiffContent(
        @Schema(allowableValues = "diff") String kind,
        @Nullable Push push,
        int added,
        int changed,
        int removed,
        int linesAdded,
        int linesRemoved,
        List<ChangeLine> preamble,
        List<File> files)
        implements ChangeContent {

    /**
     * The push of one ref.
     *
     * @param newCommit the commit behind the new id, where that is an annotated tag
     */
    public record Push(
            String repository,
            String ref,

            @Schema(allowableValues = {"create", "update", "rewrite", "delete"})
            String change,

            String oldId,
            String newId,
            @Nullable String newCommit) {}

    /**
     * One file of the patch.
     *
     * @param oldPath the name it had, where that was another one
     * @param added how many lines are added
     * @param removed how many lines are removed
     * @param binary whether its content is no text; how it changes is then only named, in {@code folded}
     * @param object the one Kubernetes object in it, where its lines show one
     * @param header the lines of the patch that speak about the file, as they are
     */
    public record File(
            String path,
            @Nullable String oldPath,

            @Schema(allowableValues = {"added", "changed", "removed", "renamed", "copied"})
            String status,

            @Nullable String oldMode,
            @Nullable String newMode,
            int added,
            int removed,
            boolean binary,
            @Nullable KubernetesObject object,
            List<ChangeLine> header,
            List<Hunk> hunks) {}

    /**
     * Lines that stand together.
     *
     * @param section what the patch says they are in, such as the head of a function
     */
    public record Hunk(
            int oldStart, int oldLines, int newStart, int newLines, String section, List<ChangeLine> lines) {}

    /** Which object of a cluster it is about. */
    public record KubernetesObject(
            String apiVersion,
            String kind,
            @Nullable String namespace,
            @Nullable String name) {}
}
