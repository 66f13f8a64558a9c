package io.countersign.cli.request;

import io.countersign.cli.payload.PushPayload;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Shows a payload: what approvers decide on, with nothing in it hidden. */
final class PayloadPainter {

    private static final int BYTES_SHOWN = 256;
    private static final int BYTES_A_LINE = 16;

    private PayloadPainter() {}

    /**
     * Prints the payload.
     *
     * @param most how many lines at most; the rest is counted
     * @return how many lines were left out
     */
    static int print(PayloadBytes payload, Consumer<Text> to, int most) {
        List<Text> lines = lines(payload);
        lines.stream().limit(most).forEach(to);
        return Math.max(0, lines.size() - most);
    }

    private static List<Text> lines(PayloadBytes payload) {
        Optional<byte[]> push = push(payload);
        byte[] bytes = push.orElseGet(payload::bytes);
        if (payload.mediaType().equals(ManifestPainter.MEDIA_TYPE)) {
            try {
                JsonNode manifest = Json.parse(bytes);
                if (ManifestPainter.understands(manifest, bytes)) {
                    return ManifestPainter.lines(manifest);
                }
            } catch (JacksonException noManifest) {
                return dump(bytes);
            }
        }
        if (push.isEmpty() && ByteText.binary(bytes)) {
            return dump(bytes);
        }
        boolean diff = push.isPresent() || payload.mediaType().contains("diff");
        List<Text> lines = new ArrayList<>();
        for (String line : ByteText.of(bytes).split("\n", -1)) {
            lines.add(Text.of(diff ? style(line) : Style.PLAIN, line));
        }
        if (lines.getLast().words().isEmpty()) {
            lines.removeLast();
        }
        return lines;
    }

    /** The facts and the patch of a push; nothing where the payload is none, or is not written as they are. */
    private static Optional<byte[]> push(PayloadBytes payload) {
        return payload.mediaType().equals(PushPayload.MEDIA_TYPE)
                ? PushPayload.read(payload.bytes()).map(PushPayload::readable)
                : Optional.empty();
    }

    private static Style style(String line) {
        if (line.startsWith("+++") || line.startsWith("---") || line.startsWith("diff ")) {
            return Style.STRONG;
        }
        if (line.startsWith("@@")) {
            return Style.ACCENT;
        }
        return line.startsWith("+") ? Style.GOOD : line.startsWith("-") ? Style.BAD : Style.PLAIN;
    }

    private static List<Text> dump(byte[] bytes) {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        int shown = Math.min(bytes.length, BYTES_SHOWN);
        List<Text> lines = new ArrayList<>();
        for (int at = 0; at < shown; at += BYTES_A_LINE) {
            lines.add(Text.of("%08x  ".formatted(at) + hex.formatHex(bytes, at, Math.min(at + BYTES_A_LINE, shown))));
        }
        if (bytes.length > shown) {
            lines.add(Text.of(Style.DIM, "… " + (bytes.length - shown) + " more bytes"));
        }
        return lines;
    }
}
