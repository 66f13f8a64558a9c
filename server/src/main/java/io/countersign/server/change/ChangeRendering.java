package io.countersign.server.change;

import io.countersign.server.change.ChangeContent.Binary;
import io.countersign.server.change.ChangeContent.Empty;
import io.countersign.server.change.ChangeContent.JsonText;
import io.countersign.server.change.ChangeContent.PlainText;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Renders a payload from its bytes. Whatever they are, something comes out: what is not what it claims to be is shown as
 * text or as bytes, with a remark.
 */
public final class ChangeRendering {

    private static final int BYTES_A_ROW = 32;

    /** What is to be rendered: true bytes, by which it is understood, and covered ones, which alone are shown. */
    public static final class Source {

        private final String digest;
        private final String mediaType;
        private final byte[] bytes;
        private final byte[] shown;
        private final int covered;

        private Source(String digest, String mediaType, byte[] bytes, LikelySecrets.Covered covered) {
            this.digest = digest;
            this.mediaType = mediaType;
            this.bytes = bytes;
            this.shown = covered.bytes();
            this.covered = covered.findings();
        }

        /**
         * A payload.
         *
         * @param digest of the bytes
         * @param mediaType as the asker named it
         */
        public static Source of(String digest, String mediaType, byte[] bytes) {
            return new Source(digest, mediaType, bytes.clone(), LikelySecrets.cover(bytes));
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

    private ChangeView view(ChangeContent content) {
        return new ChangeView(
                source.digest,
                VisibleText.of(source.mediaType).text(),
                source.bytes.length,
                sheet.isComplete(),
                sheet.leftOut(),
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
        if (Utf8.isValid(source.bytes) || type.contains("diff") || type.contains("patch")) {
            List<String> lines = TextDifference.lines(Utf8.text(source.shown));
            if (!isBinary() && GitPatch.seems(lines)) {
                return new DiffRendering(sheet, summary).patch(null, lines);
            }
        }
        return bytes();
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
                        : Optional.empty();
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
        HexFormat hex = HexFormat.ofDelimiter(" ");
        byte[] bytes = source.shown;
        for (int at = 0; at < bytes.length; at += BYTES_A_ROW) {
            sheet.line(
                    ChangeLine.CONTEXT,
                    null,
                    at,
                    hex.formatHex(bytes, at, Math.min(at + BYTES_A_ROW, bytes.length)),
                    lines);
        }
        return new Binary(lines);
    }

    /** Whether it is better shown as numbers: it has a NUL, or many bytes that are no UTF-8. */
    private boolean isBinary() {
        int strange = 0;
        for (byte one : source.bytes) {
            if (one == 0) {
                return true;
            }
        }
        if (Utf8.isValid(source.bytes)) {
            return false;
        }
        String text = Utf8.text(source.bytes);
        for (int at = 0; at < text.length(); at++) {
            char unit = text.charAt(at);
            strange += (Character.isLowSurrogate(unit) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1))))
                            || (unit < ' ' && !Character.isWhitespace(unit))
                    ? 1
                    : 0;
        }
        return strange * 10L > text.length();
    }
}
