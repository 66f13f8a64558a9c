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
import java.util.stream.Stream;

/** Modules and data read from files and folders: a folder's name is a key of the data. */
public record PolicyFiles(List<RegoModule> modules, RegoObject data) {

    /** Reads `.rego` files, and data from `data.json` or `data.yaml` in folders or from any file named. */
    public static PolicyFiles read(List<Path> paths, ParserOptions language) throws IOException {
        List<RegoModule> modules = new ArrayList<>();
        RegoObject data = RegoObject.EMPTY;
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new IOException("no such file or folder: " + path);
            }
            List<Path> files;
            try (Stream<Path> found = Files.walk(path)) {
                files = found.filter(Files::isRegularFile).sorted().toList();
            }
            boolean single = Files.isRegularFile(path);
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".rego")) {
                    modules.add(RegoParser.module(file.toString(), Files.readString(file), language));
                } else if (single || name.matches("data\\.(json|yaml|yml)")) {
                    data = merge(data, beneath(single ? file : path.relativize(file), single, document(file)));
                }
            }
        }
        return new PolicyFiles(modules, data);
    }

    static Value document(Path file) throws IOException {
        String text = Files.readString(file);
        return file.toString().endsWith(".json") ? JsonReader.read(text) : YamlReader.read(text);
    }

    private static Value beneath(Path relative, boolean single, Value value) {
        Value document = value;
        Path folder = single ? null : relative.getParent();
        if (folder != null) {
            for (int i = folder.getNameCount() - 1; i >= 0; i--) {
                document = RegoObject.of(RegoString.of(folder.getName(i).toString()), document);
            }
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
            Value value = before instanceof RegoObject object && entry.getValue() instanceof RegoObject
                    ? merge(object, entry.getValue())
                    : entry.getValue();
            if (before != null && !(before instanceof RegoObject)) {
                throw new IllegalArgumentException("two data files give " + entry.getKey() + " a value");
            }
            merged = merged.with(entry.getKey(), value);
        }
        return merged;
    }
}
