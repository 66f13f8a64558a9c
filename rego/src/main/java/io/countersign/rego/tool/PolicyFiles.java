package io.countersign.rego.tool;

import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlFault;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Modules and data read from files, folders and bundles: a folder's name is a key of the data. */
public record PolicyFiles(List<RegoModule> modules, RegoObject data) {

    /**
     * Reads `.rego` files, and data from `data.json` or `data.yaml` in folders or from any file named; a folder or
     * archive with a `.manifest` is a bundle, and must not fill what its roots do not name.
     */
    public static PolicyFiles read(List<Path> paths, ParserOptions language) throws IOException {
        return read(paths, language, null);
    }

    /** The same; with a key, every folder and archive must be a bundle that was signed with it. */
    static PolicyFiles read(List<Path> paths, ParserOptions language, BundleSignatures.@Nullable Trusted trusted)
            throws IOException {
        List<RegoModule> modules = new ArrayList<>();
        RegoObject data = RegoObject.EMPTY;
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IOException("no such file or folder: " + path);
            }
            PolicyFiles one;
            if (path.toString().endsWith(".tar.gz") || Files.isDirectory(path)) {
                Map<String, byte[]> files = contents(path, trusted != null);
                if (trusted != null) {
                    BundleSignatures.verify(path.toString(), files, trusted);
                }
                one = bundle(path.toString(), files, language);
            } else if (trusted != null && path.toString().endsWith(".rego")) {
                throw new IOException(path + " is not signed: only bundles are");
            } else {
                one = file(path, language);
            }
            modules.addAll(one.modules());
            data = merge(data, one.data(), path.toString());
        }
        return new PolicyFiles(modules, data);
    }

    private static PolicyFiles file(Path file, ParserOptions language) throws IOException {
        String text = Files.readString(file);
        if (file.toString().endsWith(".rego")) {
            return new PolicyFiles(List.of(RegoParser.module(file.toString(), text, language)), RegoObject.EMPTY);
        }
        return new PolicyFiles(List.of(), merge(RegoObject.EMPTY, document(file.toString(), text), file.toString()));
    }

    /** The files of a folder or archive by their names: all of them, or only those that policies are made of. */
    static Map<String, byte[]> contents(Path path, boolean all) throws IOException {
        if (!Files.isDirectory(path)) {
            return BundleArchive.files(path);
        }
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(path)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = path.relativize(file).toString().replace('\\', '/');
                if (all || name.endsWith(".rego") || isData(name) || name.equals(".manifest")) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static boolean isData(String name) {
        return name.matches("(.*/)?data\\.(json|yaml|yml)");
    }

    private static PolicyFiles bundle(String from, Map<String, byte[]> files, ParserOptions language)
            throws IOException {
        List<RegoModule> modules = new ArrayList<>();
        RegoObject data = RegoObject.EMPTY;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = file.getKey();
            String text = new String(file.getValue(), StandardCharsets.UTF_8);
            if (name.endsWith(".rego")) {
                modules.add(RegoParser.module(from + "/" + name, text, language));
            } else if (isData(name)) {
                String place = from + "/" + name;
                data = merge(data, beneath(name, document(place, text)), place);
            }
        }
        byte[] manifest = files.get(".manifest");
        if (manifest != null) {
            BundleArchive.checkRoots(new String(manifest, StandardCharsets.UTF_8), modules, data);
        }
        return new PolicyFiles(modules, data);
    }

    static Value document(Path file) throws IOException {
        try {
            return document(file.toString(), Files.readString(file));
        } catch (NoSuchFileException missing) {
            throw new IOException("no such file: " + file, missing);
        }
    }

    private static Value document(String name, String text) throws IOException {
        try {
            return name.endsWith(".json") ? JsonReader.read(text) : YamlReader.read(text);
        } catch (JsonFault | YamlFault fault) {
            throw new IOException(name + ": " + fault.getMessage(), fault);
        }
    }

    private static Value beneath(String name, Value value) {
        Value document = value;
        String[] parts = name.split("/", -1);
        for (int i = parts.length - 2; i >= 0; i--) {
            document = RegoObject.of(RegoString.of(parts[i]), document);
        }
        return document;
    }

    private static RegoObject merge(RegoObject a, Value other, String file) throws IOException {
        if (!(other instanceof RegoObject b)) {
            throw new IOException(file + ": a data file must hold an object, and this holds " + other.typeName());
        }
        RegoObject merged = a;
        for (Map.Entry<Value, Value> entry : b.entries()) {
            Value before = merged.get(entry.getKey());
            if (before != null && !(before instanceof RegoObject)) {
                throw new IOException(file + ": another data file gives " + entry.getKey() + " a value, too");
            }
            Value value = before instanceof RegoObject object && entry.getValue() instanceof RegoObject
                    ? merge(object, entry.getValue(), file)
                    : entry.getValue();
            merged = merged.with(entry.getKey(), value);
        }
        return merged;
    }
}
