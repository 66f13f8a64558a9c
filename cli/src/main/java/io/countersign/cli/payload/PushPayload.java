package io.countersign.cli.payload;

import io.countersign.client.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a push to one ref changes, as approvers see it and as it is compared when it goes through. Its canonical JSON
 * (sorted names, no blanks, UTF-8) is the payload of the ask.
 *
 * @param repository the name of the repository as its owner gave it
 * @param ref the full name of the ref, such as {@code refs/heads/production}
 * @param oldId the object the ref names now; all zeros where the ref is new
 * @param newId the object the ref would name; all zeros where the ref is deleted
 * @param newCommit the commit behind {@code newId}, the same unless that is an annotated tag; empty for a deletion
 * @param diff the lines of the patch from the old tree (the empty one for a new ref) to the new one
 */
public record PushPayload(
        String repository, String ref, Change change, String oldId, String newId, String newCommit, List<Line> diff) {

    public static final String MEDIA_TYPE = "application/vnd.countersign.git-push+json";
    private static final String KIND = "countersign.git-push/v1";

    /** What happens to the ref. */
    public enum Change {
        CREATE,
        UPDATE,
        /** The new commit does not descend from the old one: history is replaced. */
        REWRITE,
        DELETE;

        /** As it is written in the document. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One line of the patch, without its line feed.
     *
     * @param text the line where it is UTF-8
     * @param base64 the line's bytes where it is not, else empty
     */
    public record Line(String text, String base64) {

        static Line of(byte[] bytes) {
            try {
                return new Line(
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString(),
                        "");
            } catch (CharacterCodingException notText) {
                return new Line("", Base64.getEncoder().encodeToString(bytes));
            }
        }

        byte[] bytes() {
            return base64.isEmpty()
                    ? text.getBytes(StandardCharsets.UTF_8)
                    : Base64.getDecoder().decode(base64);
        }
    }

    public PushPayload {
        diff = List.copyOf(diff);
    }

    /** The lines of git's output; a last line without a line feed is kept as a line. */
    public static List<Line> lines(byte[] patch) {
        List<Line> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < patch.length; at++) {
            if (patch[at] == '\n') {
                lines.add(Line.of(Arrays.copyOfRange(patch, start, at)));
                start = at + 1;
            }
        }
        if (start < patch.length) {
            lines.add(Line.of(Arrays.copyOfRange(patch, start, patch.length)));
        }
        return lines;
    }

    /** The document: equal pushes have equal bytes and no others do. */
    public byte[] bytes() {
        ObjectNode json = Json.object()
                .put("kind", KIND)
                .put("repository", repository)
                .put("ref", ref)
                .put("change", change.word())
                .put("oldId", oldId)
                .put("newId", newId)
                .put("newCommit", newCommit);
        ArrayNode written = json.putArray("diff");
        for (Line line : diff) {
            if (line.base64().isEmpty()) {
                written.add(line.text());
            } else {
                written.addObject().put("base64", line.base64());
            }
        }
        return Json.canonical(json);
    }

    /** The push these bytes are about; nothing where they are not exactly what {@link #bytes} would write. */
    public static Optional<PushPayload> read(byte[] bytes) {
        try {
            JsonNode json = Json.parse(bytes);
            List<Line> diff = new ArrayList<>();
            for (JsonNode line : Json.list(json, "diff")) {
                String base64 = Json.text(line, "base64");
                diff.add(base64.isEmpty() ? new Line(Json.text(line), "") : new Line("", base64));
            }
            PushPayload push = new PushPayload(
                    Json.text(json, "repository"),
                    Json.text(json, "ref"),
                    Change.valueOf(Json.text(json, "change").toUpperCase(Locale.ROOT)),
                    Json.text(json, "oldId"),
                    Json.text(json, "newId"),
                    Json.text(json, "newCommit"),
                    diff);
            boolean onlyWay = lines(push.patch()).equals(push.diff()) && Arrays.equals(push.bytes(), bytes);
            return onlyWay ? Optional.of(push) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    /** The patch as git wrote it. */
    public byte[] patch() {
        ByteArrayOutputStream patch = new ByteArrayOutputStream();
        for (Line line : diff) {
            patch.writeBytes(line.bytes());
            patch.write('\n');
        }
        return patch.toByteArray();
    }

    /** What a person reads: the facts, then the patch byte by byte. */
    public byte[] readable() {
        String facts = """
                push to %s of %s (%s)
                from %s
                to   %s
                """.formatted(ref, repository, change.word(), oldId, newId);
        String tagged = newCommit.isEmpty() || newCommit.equals(newId) ? "" : "which is a tag of " + newCommit + "\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((facts + tagged + "\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(patch());
        return all.toByteArray();
    }
}
