package io.countersign.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The files of the console, as the build put them on the class path: each once, and beside it in the encodings that the
 * build compressed it with. They are small and few, and are kept in memory once they were asked for.
 */
@Component
final class ConsoleAssets {

    private static final String FOLDER = "/console/";

    /** A name of one folder at most: nothing climbs out of the folder. */
    private static final Pattern NAME = Pattern.compile("(?:assets/)?[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "html", "text/html;charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2");

    /** An encoding of HTTP and how its files are called, best first. */
    private record Encoding(String name, String suffix) {}

    private static final List<Encoding> ENCODINGS = List.of(new Encoding("br", ".br"), new Encoding("gzip", ".gz"));

    /** One file; {@code encoding} is empty for the plain bytes. */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out; never compared
    record Asset(String type, String encoding, byte[] bytes) {}

    private final Map<String, Optional<byte[]>> read = new ConcurrentHashMap<>();

    /** The file in the best encoding that the reader accepts; none for what is no file of the console. */
    Optional<Asset> find(String name, String accepted) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || !NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        for (Encoding encoding : ENCODINGS) {
            if (accepts(accepted, encoding.name())) {
                Optional<byte[]> bytes = read(name + encoding.suffix());
                if (bytes.isPresent()) {
                    return Optional.of(new Asset(type, encoding.name(), bytes.get()));
                }
            }
        }
        return read(name).map(bytes -> new Asset(type, "", bytes));
    }

    private static boolean accepts(String accepted, String encoding) {
        for (String one : accepted.split(",", -1)) {
            String[] parts = one.strip().split(";", 2);
            if (parts[0].strip().equalsIgnoreCase(encoding)) {
                return parts.length < 2 || !parts[1].replace(" ", "").matches("q=0(?:\\.0*)?");
            }
        }
        return false;
    }

    private Optional<byte[]> read(String name) {
        Optional<byte[]> known = read.get(name);
        if (known != null) {
            return known;
        }
        Optional<byte[]> bytes = load(name);
        // What is not there is not remembered: names come from outside.
        if (bytes.isPresent()) {
            read.put(name, bytes);
        }
        return bytes;
    }

    private static Optional<byte[]> load(String name) {
        try (InputStream in = ConsoleAssets.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
