package io.countersign.cli.run;

import io.countersign.client.wire.Json;
import io.countersign.client.wire.PayloadBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What exactly will run, as approvers see it and as it is compared before it runs. Its canonical JSON (sorted names, no
 * blanks, UTF-8) is the payload.
 *
 * @param arguments what follows the executable
 * @param environment all the variables the command will have, but for the secret ones
 * @param secrets names of variables whose values are taken when it runs and are never written down
 * @param folder where it runs
 * @param notBound what an approval of this does not cover, in plain sentences
 * @param terraform what {@code terraform show -json} says about the plan, or none
 */
record RunManifest(
        Executable executable,
        List<Argument> arguments,
        Map<String, String> environment,
        List<String> secrets,
        List<NamedFile> files,
        Folder folder,
        List<String> notBound,
        @Nullable JsonNode terraform) {

    static final String MEDIA_TYPE = "application/vnd.countersign.command+json";
    private static final String KIND = "countersign.command/v1";

    /**
     * The program.
     *
     * @param copied whether the snapshot's copy runs, and not the file in its own place
     * @param text its text where it is a script, for approvers to read
     */
    record Executable(
            String asked,
            String name,
            String path,
            CopiedFile file,
            boolean copied,
            List<Interpreter> interpreters,
            @Nullable String text) {}

    /** A program that reads a script; it runs from its own place. */
    record Interpreter(String path, String sha256) {}

    /**
     * One word of the command.
     *
     * @param file which named file it stands for, so that the copy's path is put in; -1 for a word that is passed as it is
     * @param prefix what stands before the file's path in the word, such as {@code --values=}
     */
    record Argument(String word, int file, String prefix) {

        static Argument plain(String word) {
            return new Argument(word, -1, "");
        }
    }

    /**
     * A file named on the command line.
     *
     * @param path where it was, absolute
     * @param copy where the copy is, relative to the snapshot
     * @param text its text, or nothing where it is not text
     * @param base64 its bytes, or nothing where they are not shown
     */
    record NamedFile(
            String path,
            String copy,
            CopiedFile file,
            @Nullable String text,
            @Nullable String base64) {}

    /**
     * Where the command runs.
     *
     * @param isPrivate whether it is the snapshot's own folder, with nothing but the named files in it
     */
    record Folder(String path, boolean isPrivate) {}

    RunManifest {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
        files = List.copyOf(files);
        notBound = List.copyOf(notBound);
    }

    PayloadBytes payload() {
        return PayloadBytes.of(MEDIA_TYPE, Json.canonical(json()));
    }

    private ObjectNode json() {
        ObjectNode json = Json.object().put("kind", KIND);
        json.set("executable", executableJson());
        ArrayNode words = json.putArray("arguments");
        for (Argument argument : arguments) {
            ObjectNode word = words.addObject().put("word", argument.word());
            if (argument.file() >= 0) {
                word.put("file", argument.file()).put("prefix", argument.prefix());
            }
        }
        ObjectNode variables = json.putObject("environment");
        new TreeMap<>(environment).forEach(variables::put);
        json.set("secretEnvironment", Json.array(secrets));
        ArrayNode named = json.putArray("files");
        files.forEach(file -> named.add(json(file)));
        json.putObject("folder").put("path", folder.path()).put("private", folder.isPrivate());
        json.set("notBound", Json.array(notBound));
        if (terraform != null) {
            json.set("terraform", terraform);
        }
        return json;
    }

    private ObjectNode executableJson() {
        ObjectNode json = facts(executable.file())
                .put("asked", executable.asked())
                .put("name", executable.name())
                .put("path", executable.path())
                .put("copied", executable.copied());
        ArrayNode readers = json.putArray("interpreters");
        executable
                .interpreters()
                .forEach(
                        reader -> readers.addObject().put("path", reader.path()).put("sha256", reader.sha256()));
        if (executable.text() != null) {
            json.put("text", executable.text());
        }
        return json;
    }

    private static ObjectNode json(NamedFile file) {
        ObjectNode json = facts(file.file()).put("path", file.path()).put("copy", file.copy());
        if (file.text() != null) {
            json.put("text", file.text());
        } else if (file.base64() != null) {
            json.put("base64", file.base64());
        }
        return json;
    }

    private static ObjectNode facts(CopiedFile file) {
        return Json.object().put("mode", file.mode()).put("size", file.size()).put("sha256", file.sha256());
    }

    /** Reads a manifest that this program wrote; throws {@link IllegalArgumentException} on anything else. */
    static RunManifest read(byte[] bytes) {
        JsonNode json = Json.parse(bytes);
        if (!Json.text(json, "kind").equals(KIND)) {
            throw new IllegalArgumentException("no manifest of this kind");
        }
        Map<String, String> environment = new TreeMap<>();
        json.path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().stringValue()));
        List<NamedFile> files = new ArrayList<>();
        Json.list(json, "files")
                .forEach(file -> files.add(new NamedFile(
                        Json.text(file, "path"),
                        Json.text(file, "copy"),
                        facts(file),
                        optional(file, "text"),
                        optional(file, "base64"))));
        return new RunManifest(
                readExecutable(json.path("executable")),
                Json.list(json, "arguments").stream()
                        .map(RunManifest::readArgument)
                        .toList(),
                environment,
                Json.list(json, "secretEnvironment").stream()
                        .map(JsonNode::stringValue)
                        .toList(),
                files,
                new Folder(Json.text(json, "folder", "path"), Json.yes(json, "folder", "private")),
                Json.list(json, "notBound").stream().map(JsonNode::stringValue).toList(),
                json.has("terraform") ? json.path("terraform") : null);
    }

    private static Executable readExecutable(JsonNode json) {
        return new Executable(
                Json.text(json, "asked"),
                Json.text(json, "name"),
                Json.text(json, "path"),
                facts(json),
                Json.yes(json, "copied"),
                Json.list(json, "interpreters").stream()
                        .map(reader -> new Interpreter(Json.text(reader, "path"), Json.text(reader, "sha256")))
                        .toList(),
                optional(json, "text"));
    }

    private static Argument readArgument(JsonNode json) {
        return json.has("file")
                ? new Argument(Json.text(json, "word"), (int) Json.number(json, "file"), Json.text(json, "prefix"))
                : Argument.plain(Json.text(json, "word"));
    }

    private static CopiedFile facts(JsonNode json) {
        return new CopiedFile(Json.text(json, "mode"), Json.number(json, "size"), Json.text(json, "sha256"));
    }

    private static @Nullable String optional(JsonNode json, String field) {
        return json.has(field) ? Json.text(json, field) : null;
    }
}
