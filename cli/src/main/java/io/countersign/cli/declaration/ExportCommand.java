package io.countersign.cli.declaration;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.client.wire.Json;
import io.countersign.core.declaration.SchemaWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Writes the organization as declarations; exporting the same organization again writes the same bytes. */
@Command(
        name = "export",
        description = {
            "Write the organization as a declaration, the same bytes for the same organization.",
            "Into a folder, each list becomes a file of its own, with the schema for editors beside it."
        })
public final class ExportCommand implements Callable<Integer> {

    private static final String SCHEMA = "countersign.schema.json";

    /** Which lists share a file. */
    private static final Map<String, List<String>> FILES = files();

    private final Invocation invocation;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR|FILE",
            description = "a folder, or a file whose name ends in .yaml, .yml or .json; standard output unless given")
    private @Nullable String output;

    public ExportCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    private static Map<String, List<String>> files() {
        Map<String, List<String>> files = new LinkedHashMap<>();
        files.put("people.yaml", List.of("people"));
        files.put("teams.yaml", List.of("teams"));
        files.put("roles.yaml", List.of("roles"));
        files.put("accounts.yaml", List.of("accounts"));
        files.put("places.yaml", List.of("clusters", "projects"));
        files.put("policies.yaml", List.of("templates", "bindings"));
        return files;
    }

    @Override
    public Integer call() {
        JsonNode document = invocation.server().get("/declarations/current");
        String to = output;
        if (to == null) {
            invocation.data(document, () -> invocation.screen().document(YamlText.of(plain(document))));
            return ExitCode.DONE;
        }
        Path path = invocation.surroundings().workingFolder().resolve(to);
        try {
            if (to.endsWith(".json")) {
                write(path, Json.pretty(document) + "\n");
            } else if (to.endsWith(".yaml") || to.endsWith(".yml")) {
                write(path, YamlText.of(plain(document)));
            } else {
                folder(path, plain(document));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        invocation.done(Json.object().put("exported", to), "Exported to " + to + ".");
        return ExitCode.DONE;
    }

    private static Map<?, ?> plain(JsonNode document) {
        return YamlTree.read("export", Json.compact(document)).getFirst().tree() instanceof Map<?, ?> map
                ? map
                : Map.of();
    }

    private static void write(Path path, String text) throws IOException {
        if (Files.isDirectory(path)) {
            throw new CommandFailure(ExitCode.USAGE, "`" + path + "` is a folder", "name it without the ending");
        }
        Files.writeString(path, text);
    }

    private static void folder(Path folder, Map<?, ?> document) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(SCHEMA), Json.pretty(Json.tree(SchemaWriter.schema())) + "\n");
        for (Map.Entry<String, List<String>> file : FILES.entrySet()) {
            Map<Object, Object> part = new LinkedHashMap<>();
            part.put("countersign", document.get("countersign"));
            file.getValue().stream()
                    .filter(document::containsKey)
                    .forEach(section -> part.put(section, document.get(section)));
            Path path = folder.resolve(file.getKey());
            if (part.size() > 1) {
                Files.writeString(path, "# yaml-language-server: $schema=" + SCHEMA + "\n" + YamlText.of(part));
            } else {
                // What is there no more must not stay in a file of an earlier export.
                Files.deleteIfExists(path);
            }
        }
    }
}
