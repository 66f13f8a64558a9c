package io.countersign.rego.tool;

import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoModule;
import io.countersign.rego.syntax.RegoParser;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Modules and data read from files, folders and bundles: a folder's name is a key of the data. */
public record PolicyFiles(List<RegoModule> modules, RegoObject data) {

    /**
     * Reads `.rego` files, and data from `data.json` or `data.yaml` in folders or from any file named; a folder or
     * archive with a `.manifest` is a bundle, and must not fill what its roots do not name.
     */
    public static PolicyFiles read(List<Path> paths, ParserOptions language) throws IOException {
        List<RegoModule> modules = new ArrayList<>();
        RegoObject data = RegoObject.EMPTY;
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IOException("no such file or folder: " + path);
            }
            PolicyFiles one = path.toString().endsWith(".tar.gz")
                    ? bundle(path.toString(), BundleArchive.files(path), language)
                    : Files.isDirectory(path) ? folder(path, language) : file(path, language);
            modules.addAll(one.modules());
            data = merge(data, one.data());
        }
        return new PolicyFiles(modules, data);
    }

    private static PolicyFiles file(Path file, ParserOptions language) throws IOException {
        String text = Files.readString(file);
        if (file.toString().endsWith(".rego")) {
            return new PolicyFiles(List.of(RegoParser.module(file.toString(), text, language)), RegoObject.EMPTY);
        }
        return new PolicyFiles(List.of(), merge(RegoObject.EMPTY, document(file.toString(), text)));
    }

    private static PolicyFiles folder(Path folder, ParserOptions language) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (name.endsWith(".rego") || isData(name) || name.equals(".manifest")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return bundle(folder.toString(), files, language);
    }

    private static boolean isData(String name) {
        return name.matches("(.*/)?data\\.(json|yaml|yml)");
    }

    private static PolicyFiles bundle(String from, Map<String, String> files, ParserOptions language)
            throws IOException {
        List<RegoModule> modules = new ArrayList<>();
        RegoObject data = RegoObject.EMPTY;
        for (Map.Entry<String, String> file : files.entrySet()) {
            String name = file.getKey();
            if (name.endsWith(".rego")) {
                modules.add(RegoParser.module(from + "/" + name, file.getValue(), language));
            } else if (isData(name)) {
                data = merge(data, beneath(name, document(name, file.getValue())));
            }
        }
        String manifest = files.get(".manifest");
        if (manifest != null) {
            BundleArchive.checkRoots(manifest, modules, data);
        }
        return new PolicyFiles(modules, data);
    }

    static Value document(Path file) throws IOException {
        return document(file.toString(), Files.readString(file));
    }

    private static Value document(String name, String text) {
        return name.endsWith(".json") ? JsonReader.read(text) : YamlReader.read(text);
    }

    private static Value beneath(String name, Value value) {
        Value document = value;
        String[] parts = name.split("/", -1);
        for (int i = parts.length - 2; i >= 0; i--) {
            document = RegoObject.of(RegoString.of(parts[i]), document);
        }
        return document;
    }

    private static RegoObject merge(RegoObject a, Value other) {
        if (!(other instanceof RegoObject b)) {
            throw new IllegalArgumentException("a data file must hold an object");
        }
        RegoObject merged = a;
        for (Map.Entry<Value, Value> entry : b.entries()) {
            Value before = merged.get(entry.getKey());
            if (before != null && !(before instanceof RegoObject)) {
                throw new IllegalArgumentException("two data files give " + entry.getKey() + " a value");
            }
            Value value = before instanceof RegoObject object && entry.getValue() instanceof RegoObject
                    ? merge(object, entry.getValue())
                    : entry.getValue();
            merged = merged.with(entry.getKey(), value);
        }
        return merged;
    }
}
