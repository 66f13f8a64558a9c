package io.countersign.cli.policy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import io.countersign.client.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A policy template in a file: YAML 1.2, of which JSON is a part.
 *
 * @param file its name as typed; {@code -} is standard input
 */
record TemplateFile(String file) {

    ObjectNode read(Surroundings surroundings) {
        String text = text(surroundings);
        JsonNode template = text.strip().startsWith("{") ? json(text) : yaml(text);
        if (template instanceof ObjectNode object) {
            return object;
        }
        throw broken("it holds no template but " + template.getNodeType());
    }

    private JsonNode json(String text) {
        try {
            return Json.parse(text);
        } catch (JacksonException wrong) {
            throw broken(wrong.getOriginalMessage());
        }
    }

    private JsonNode yaml(String text) {
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file)
                    .setAllowDuplicateKeys(false)
                    .setMaxAliasesForCollections(0)
                    .build();
            return Json.tree(new Load(settings).loadFromString(text));
        } catch (YamlEngineException wrong) {
            throw broken(String.valueOf(wrong.getMessage()));
        }
    }

    private String text(Surroundings surroundings) {
        try {
            byte[] bytes = file.equals("-")
                    ? surroundings.in().readAllBytes()
                    : Files.readAllBytes(surroundings.workingFolder().resolve(file));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private CommandFailure broken(String why) {
        return new CommandFailure(
                ExitCode.USAGE, "`" + file + "` cannot be read: " + why, "write the template as YAML or JSON");
    }
}
