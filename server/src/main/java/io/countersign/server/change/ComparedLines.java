package io.countersign.server.change;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The lines by which a payload is compared with another. */
final class ComparedLines {

    private static final int BYTES_A_LINE = 32;

    private ComparedLines() {}

    static List<String> of(ChangeRendering.Source source) {
        Optional<JsonDocument> json = JsonDocument.read(source.bytes(), source.shown());
        if (json.isPresent()) {
            return ofJson(json.get().root());
        }
        return Utf8.isBinary(source.bytes()) ? hex(source.shown()) : TextDifference.lines(Utf8.text(source.shown()));
    }

    /** A push as its facts and the lines of its patch; anything else member by member. */
    private static List<String> ofJson(JsonPart root) {
        List<String> patch = root.text("kind").equals(DiffRendering.PUSH_KIND) ? DiffRendering.lines(root) : null;
        if (patch == null || !(root instanceof JsonPart.Members members)) {
            return JsonRendering.openLines(root);
        }
        List<String> lines = new ArrayList<>();
        for (JsonPart.Member member : members.all()) {
            if (!member.name().text().equals("diff")) {
                lines.add(member.name().text() + ": " + JsonRendering.compact(member.value()));
            }
        }
        lines.addAll(patch);
        return lines;
    }

    private static List<String> hex(byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += BYTES_A_LINE) {
            lines.add(hex.formatHex(bytes, at, Math.min(at + BYTES_A_LINE, bytes.length)));
        }
        return lines;
    }
}
