package io.countersign.cli.request;

import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Shows what a command is made of: the manifest that `countersign run` asks approval for. */
final class ManifestPainter {

    static final String MEDIA_TYPE = "application/vnd.countersign.command+json";

    private static final String KIND = "countersign.command/v1";
    private static final Set<String> FACTS = Set.of("mode", "size", "sha256", "path", "text");
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final JsonNode manifest;
    private final List<Text> lines = new ArrayList<>();

    private ManifestPainter(JsonNode manifest) {
        this.manifest = manifest;
    }

    /**
     * Whether the bytes are a manifest of which everything that counts can be shown; with anything unknown inside, or
     * written otherwise than we write it, they are better shown as they are.
     */
    static boolean understands(JsonNode manifest, byte[] bytes) {
        return Json.text(manifest, "kind").equals(KIND)
                && Arrays.equals(Json.canonical(manifest), bytes)
                && knows(
                        manifest,
                        Set.of("kind", "executable", "arguments", "environment", "secretEnvironment", "files"),
                        Set.of("folder", "notBound", "terraform"))
                && knows(manifest.path("executable"), FACTS, Set.of("asked", "name", "copied", "interpreters"))
                && knows(manifest.path("folder"), Set.of("path", "private"), Set.of())
                && Json.list(manifest, "files").stream().allMatch(file -> knows(file, FACTS, Set.of("copy", "base64")))
                && Json.list(manifest, "arguments").stream()
                        .allMatch(word -> knows(word, Set.of("word", "file", "prefix"), Set.of()));
    }

    private static boolean knows(JsonNode object, Set<String> names, Set<String> furtherNames) {
        return object.propertyNames().stream().allMatch(name -> names.contains(name) || furtherNames.contains(name));
    }

    static List<Text> lines(JsonNode manifest) {
        ManifestPainter painter = new ManifestPainter(manifest);
        painter.command();
        painter.executable();
        painter.environment();
        if (manifest.has("terraform")) {
            painter.lines.addAll(PlanPainter.lines(manifest.path("terraform")));
        }
        painter.files();
        painter.notBound();
        return painter.lines;
    }

    private void command() {
        List<JsonNode> arguments = Json.list(manifest, "arguments");
        String words = arguments.stream()
                .map(argument -> quoted(Json.text(argument, "word")))
                .collect(Collectors.joining(" "));
        lines.add(Text.of("  $ ").and(Style.STRONG, Json.text(manifest, "executable", "asked") + " " + words));
        for (JsonNode argument : arguments) {
            if (argument.has("file")) {
                JsonNode file = manifest.path("files").path((int) Json.number(argument, "file"));
                lines.add(Text.of(
                        Style.DIM,
                        "    " + Json.text(argument, "word") + " becomes the copy of " + Json.text(file, "path")));
            }
        }
        boolean isPrivate = Json.yes(manifest, "folder", "private");
        lines.add(Text.of(
                Style.DIM,
                "    runs in "
                        + (isPrivate
                                ? "a private folder with only the files below"
                                : Json.text(manifest, "folder", "path") + ", as it is then")
                        + ", with nothing on standard input"));
    }

    private void executable() {
        JsonNode executable = manifest.path("executable");
        heading("Executable");
        lines.add(Text.of("  " + Json.text(executable, "path")).and(Style.DIM, "  " + facts(executable)));
        Json.list(executable, "interpreters")
                .forEach(reader -> lines.add(Text.of("    read by " + Json.text(reader, "path"))
                        .and(Style.DIM, "  sha256 " + Json.text(reader, "sha256"))));
        text(executable);
    }

    private void environment() {
        List<JsonNode> secrets = Json.list(manifest, "secretEnvironment");
        if (manifest.path("environment").isEmpty() && secrets.isEmpty()) {
            return;
        }
        heading("Variables");
        manifest.path("environment")
                .properties()
                .forEach(one -> lines.add(
                        Text.of("  " + one.getKey() + "=" + one.getValue().asString(""))));
        secrets.forEach(name -> lines.add(Text.of("  " + name.asString("")).and(Style.DIM, "  secret, not shown")));
    }

    private void files() {
        List<JsonNode> files = Json.list(manifest, "files");
        if (!files.isEmpty()) {
            heading("Files");
        }
        for (JsonNode file : files) {
            lines.add(Text.of("  " + Json.text(file, "path")).and(Style.DIM, "  " + facts(file)));
            text(file);
        }
    }

    private void notBound() {
        heading("An approval does not cover");
        Json.list(manifest, "notBound").forEach(sentence -> lines.add(Text.of("  - " + sentence.asString(""))));
    }

    private void text(JsonNode file) {
        String text = Json.text(file, "text");
        if (text.isEmpty()) {
            return;
        }
        String whole = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : whole.split("\n", -1)) {
            lines.add(Text.of(Style.DIM, "    | ").and(line));
        }
    }

    private void heading(String words) {
        lines.add(Text.of(Style.STRONG, "  " + words));
    }

    private static String facts(JsonNode file) {
        return Json.text(file, "mode") + ", " + Json.text(file, "size") + " bytes, sha256 " + Json.text(file, "sha256");
    }

    /** As it would be typed. */
    private static String quoted(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
