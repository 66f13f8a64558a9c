package io.countersign.server.change;

import io.countersign.core.action.PayloadDigest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Renders payloads for tests. */
final class Rendered {

    /** An id that has a name here. */
    static final String TEAM = "team_01m8mg7es4dwzmstpv2fbwceaq";

    private Rendered() {}

    static ChangeRendering.Source source(String mediaType, byte[] bytes) {
        return ChangeRendering.Source.of(
                PayloadDigest.of(bytes).value(), mediaType, bytes, id -> id.equals(TEAM) ? "Site reliability" : id);
    }

    static ChangeRendering.Source source(String mediaType, String text) {
        return source(mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    static ChangeView of(String mediaType, String text) {
        return ChangeRendering.structured(source(mediaType, text), 0);
    }

    static ChangeView of(String mediaType, byte[] bytes) {
        return ChangeRendering.structured(source(mediaType, bytes), 0);
    }

    /** A document among the resources of the tests. */
    static byte[] resource(String name) {
        try (InputStream in = Rendered.class.getResourceAsStream("/change/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    static String string(String name) {
        return new String(resource(name), StandardCharsets.UTF_8);
    }

    /** The lines with their signs, as a patch has them. */
    static List<String> signed(List<ChangeLine> lines) {
        return lines.stream()
                .map(line -> switch (line.kind()) {
                    case ChangeLine.ADDED -> "+" + line.text();
                    case ChangeLine.REMOVED -> "-" + line.text();
                    case ChangeLine.NOTE -> "!" + line.text();
                    default -> " " + line.text();
                })
                .toList();
    }

    static String text(List<ChangeLine> lines) {
        return lines.stream().map(ChangeLine::text).collect(Collectors.joining("\n"));
    }

    /** The words that are marked as changed. */
    static List<String> changed(ChangeLine line) {
        return line.changed().stream()
                .map(part -> line.text().substring(part.from(), part.to()))
                .toList();
    }
}
