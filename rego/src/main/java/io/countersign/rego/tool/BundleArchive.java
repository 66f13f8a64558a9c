package io.countersign.rego.tool;

import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** A bundle as one file: a compressed tar archive, whose manifest says which parts of `data` it may fill. */
final class BundleArchive {

    private static final int BLOCK = 512;
    private static final long LARGEST = 256L * 1024 * 1024;

    private BundleArchive() {}

    /** The files of an archive by their names, without a slash in front. */
    static Map<String, byte[]> files(Path archive) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        long total = 0;
        String given = "";
        try (InputStream raw = Files.newInputStream(archive);
                DataInputStream in = new DataInputStream(new GZIPInputStream(raw))) {
            byte[] header = new byte[BLOCK];
            while (true) {
                try {
                    in.readFully(header);
                } catch (EOFException end) {
                    return files;
                }
                String name = text(header, 0, 100);
                if (name.isEmpty()) {
                    return files;
                }
                String prefix = text(header, 345, 155);
                long size = size(archive, text(header, 124, 12));
                total += size;
                if (total > LARGEST) {
                    throw new IOException(archive + " holds more than " + LARGEST + " bytes");
                }
                byte[] content = new byte[(int) size];
                in.readFully(content);
                in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                switch (header[156]) {
                    case '0', 0 -> {
                        String full = !given.isEmpty() ? given : prefix.isEmpty() ? name : prefix + "/" + name;
                        files.put(full.replaceFirst("^(\\./|/)+", ""), content);
                        given = "";
                    }
                    case 'L' -> given = text(content, 0, content.length);
                    case 'x' -> given = extended(content);
                    default -> given = "";
                }
            }
        }
    }

    /** The path among the extended headers of a file, each of which is a length, a space, a key, `=` and a value. */
    private static String extended(byte[] content) {
        String path = "";
        int at = 0;
        while (at < content.length) {
            int space = at;
            while (space < content.length && content[space] >= '0' && content[space] <= '9') {
                space++;
            }
            int length = space == at || space - at > 9 ? 0 : Integer.parseInt(text(content, at, space - at));
            if (length <= space - at || at + length > content.length) {
                return path;
            }
            String line = new String(content, space + 1, at + length - space - 1, StandardCharsets.UTF_8);
            if (line.startsWith("path=")) {
                path = line.substring(5).stripTrailing();
            }
            at += length;
        }
        return path;
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, StandardCharsets.UTF_8).strip();
    }

    private static long size(Path archive, String octal) throws IOException {
        if (!octal.matches("[0-7]{1,11}")) {
            throw new IOException(archive + " is no tar archive");
        }
        return Long.parseLong(octal, 8);
    }

    /** Fails when a bundle fills what its manifest does not name. */
    static void checkRoots(String manifest, List<RegoModule> modules, RegoObject data) throws IOException {
        Value document = JsonReader.read(manifest);
        if (!(document instanceof RegoObject object) || !(object.get("roots") instanceof RegoArray roots)) {
            return;
        }
        List<String> allowed = roots.list().stream()
                .map(root -> root instanceof RegoString s ? s.value() : root.toString())
                .toList();
        for (RegoModule module : modules) {
            String path =
                    String.join("/", module.path().subList(1, module.path().size()));
            if (!isBeneath(path, allowed)) {
                throw new IOException("the manifest's roots " + allowed + " do not hold the package " + path);
            }
        }
        checkData(data, "", allowed);
    }

    private static boolean isBeneath(String path, List<String> roots) {
        return roots.stream().anyMatch(root -> root.isEmpty() || path.equals(root) || path.startsWith(root + "/"));
    }

    private static void checkData(Value value, String path, List<String> roots) throws IOException {
        boolean further = roots.stream().anyMatch(root -> path.isEmpty() || root.startsWith(path + "/"));
        if (isBeneath(path, roots) && !path.isEmpty()) {
            return;
        }
        if (!further || !(value instanceof RegoObject object)) {
            if (!path.isEmpty()) {
                throw new IOException("the manifest's roots " + roots + " do not hold the data at " + path);
            }
            return;
        }
        for (Map.Entry<Value, Value> entry : object.entries()) {
            String key = entry.getKey() instanceof RegoString s
                    ? s.value()
                    : entry.getKey().toString();
            checkData(entry.getValue(), path.isEmpty() ? key : path + "/" + key, roots);
        }
    }
}
