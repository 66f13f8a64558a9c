package io.countersign.server.change;

import io.countersign.server.change.ChangeContent.Binary;
import io.countersign.server.change.ChangeContent.Empty;
import io.countersign.server.change.ChangeContent.JsonText;
import io.countersign.server.change.ChangeContent.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Renders a payload from its bytes. Whatever they are, something comes out: what is not what it claims to be is shown as
 * text or as bytes, with a remark.
 */
public final class ChangeRendering {

    /** What is to be rendered: true bytes, by which it is understood, and covered ones, which alone are shown. */
    public static final class Source {

        private final String digest;
        private final String mediaType;
        private final byte[] bytes;
        private final byte[] shown;
        private final int covered;
        private final UnaryOperator<String> names;

        private Source(
                String digest,
                String mediaType,
                byte[] bytes,
                LikelySecrets.Covered covered,
                UnaryOperator<String> names) {
            this.digest = digest;
            this.mediaType = mediaType;
            this.bytes = bytes;
            this.shown = covered.bytes();
            this.covered = covered.findings();
            this.names = names;
        }

        /**
         * A payload.
         *
         * @param digest of the bytes
         * @param mediaType as the asker named it
         * @param names tells the name of what an id stands for, or the id where it stands for nothing
         */
        public static Source of(String digest, String mediaType, byte[] bytes, UnaryOperator<String> names) {
            return new Source(digest, mediaType, bytes.clone(), LikelySecrets.cover(bytes), names);
        }

        byte[] bytes() {
            return bytes;
        }

        byte[] shown() {
            return shown;
        }
    }

    private final Source source;
    private final Sheet sheet;
    private final SummaryLines summary = new SummaryLines();

    private ChangeRendering(Source source, Sheet sheet) {
        this.source = source;
        this.sheet = sheet;
    }

    /** By what it is, from a row on. */
    public static ChangeView structured(Source source, int offset) {
        ChangeRendering rendering = new ChangeRendering(source, new Sheet(offset));
        return rendering.view(rendering.understood());
    }

    /** As it is: JSON, text or bytes, from a row on. */
    public static ChangeView raw(Source source, int offset) {
        ChangeRendering rendering = new ChangeRendering(source, new Sheet(offset));
        return rendering.view(rendering.plain());
    }

    /**
     * How it differs from the payload of another request, from a row on.
     *
     * @param against the other request's number
     */
    public static ChangeView compared(Source source, String against, Source other, int offset) {
        Sheet sheet = new Sheet(offset);
        ChangeRendering rendering = new ChangeRendering(source, sheet);
        boolean same = source.digest.equals(other.digest);
        if (!same && Arrays.equals(source.shown, other.shown)) {
            sheet.remark("the payloads differ in covered secrets alone");
        }
        return rendering.view(new ComparisonRendering(ComparedLines.of(other), ComparedLines.of(source), sheet)
                .of(against, other.digest, same, rendering.summary));
    }

    private ChangeView view(ChangeContent content) {
        return new ChangeView(
                source.digest,
                VisibleText.of(source.mediaType).text(),
                source.bytes.length,
                sheet.isComplete() && !(content instanceof ComparisonContent),
                leftOut(content),
                source.covered,
                sheet.hidden(),
                sheet.lookalikes(),
                sheet.remarks(),
                summary.briefs(),
                summary.more(),
                sheet.rows(),
                sheet.folded(),
                content);
    }

    private @Nullable String leftOut(ChangeContent content) {
        String same = content instanceof ComparisonContent ? "lines that are in both payloads are not shown" : null;
        String rest = sheet.leftOut();
        return same == null ? rest : rest == null ? same : same + "; " + rest;
    }

    private ChangeContent understood() {
        if (source.bytes.length == 0) {
            return new Empty();
        }
        Optional<JsonDocument> json = JsonDocument.read(source.bytes, source.shown);
        String type = type();
        if (json.isPresent()) {
            return document(type, json.get());
        }
        if (type.endsWith("json")) {
            sheet.remark("this is no JSON that can be read, although its media type says so; it is shown as it is");
        }
        return isBinary() ? bytes() : text(type);
    }

    private ChangeContent text(String type) {
        String text = Utf8.text(source.shown);
        List<String> lines = TextDifference.lines(text);
        if (GitPatch.seems(lines)) {
            return new DiffRendering(sheet, summary).patch(null, lines);
        }
        Optional<ChangeContent> known = type.equals(CallRendering.MEDIA_TYPE)
                ? new CallRendering(sheet, summary, source.names).of(source.bytes, source.shown)
                : new KubernetesRendering(sheet, summary).yaml(Utf8.text(source.bytes), text);
        return known.orElseGet(this::bytes);
    }

    /** The media type alone, in small letters. */
    private String type() {
        int parameters = source.mediaType.indexOf(';');
        return (parameters < 0 ? source.mediaType : source.mediaType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private ChangeContent document(String type, JsonDocument json) {
        JsonPart root = json.root();
        Optional<ChangeContent> known = switch (type) {
            case DiffRendering.PUSH_TYPE -> new DiffRendering(sheet, summary).push(root);
            case CommandRendering.MEDIA_TYPE -> CommandRendering.of(root, sheet, summary);
            default ->
                TerraformRendering.seems(root)
                        ? Optional.of(new TerraformRendering(sheet, summary).of(root))
                        : new KubernetesRendering(sheet, summary).json(root);
        };
        if (known.isEmpty() && type.contains("vnd.countersign.")) {
            sheet.remark("this is not written as its media type promises; it is shown as it is");
        }
        return known.orElseGet(() -> lines(root));
    }

    private ChangeContent plain() {
        if (source.bytes.length == 0) {
            return new Empty();
        }
        return JsonDocument.read(source.bytes, source.shown)
                .map(json -> lines(json.root()))
                .orElseGet(this::bytes);
    }

    private ChangeContent lines(JsonPart root) {
        List<ChangeLine> lines = new ArrayList<>();
        int number = 1;
        for (String line : JsonRendering.lines(root)) {
            sheet.line(ChangeLine.CONTEXT, null, number++, line, lines);
        }
        return new JsonText(lines);
    }

    private ChangeContent bytes() {
        if (!isBinary()) {
            if (!Utf8.isValid(source.bytes)) {
                sheet.remark("some bytes are no UTF-8; each is marked with its value");
            }
            return new PlainText(sheet.text(ChangeLine.CONTEXT, Utf8.text(source.shown)));
        }
        List<ChangeLine> lines = new ArrayList<>();
        ComparedLines.of(source).forEach(row -> sheet.line(ChangeLine.CONTEXT, null, null, row, lines));
        return new Binary(lines);
    }

    private boolean isBinary() {
        return Utf8.isBinary(source.bytes);
    }
}
