package io.countersign.cli.run;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.mapping.CommandMapping;
import io.countersign.cli.mapping.CommandMaps;
import io.countersign.cli.mapping.MappedCommand;
import io.countersign.cli.request.ResourceOptions;
import io.countersign.cli.terminal.Facts;
import io.countersign.client.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is asked about a command.
 *
 * @param question the action and the resource, as the server reads them
 * @param ask what is to be run
 * @param because who says that this is what it is
 */
record RunQuestion(ObjectNode question, RunAsk ask, String because) {

    /** What was typed. */
    static RunQuestion typed(ResourceOptions about, RunAsk typed) {
        return new RunQuestion(question(about.action(), about.resource()), typed, "--action says so");
    }

    /**
     * What a mapping says.
     *
     * @param map the mappings that were named, or none for the usual ones
     * @param planned whether it applies a saved plan
     */
    static RunQuestion mapped(
            ResourceOptions about, RunAsk typed, @Nullable String map, Surroundings surroundings, boolean planned) {
        CommandMaps maps = CommandMaps.of(map, surroundings.workingFolder(), surroundings.configuration());
        MappedCommand found = new CommandMapping(
                        maps, surroundings, typed.environment(), planned, typed.chdir() != null)
                .read(typed.words());
        SequencedSet<String> files = new LinkedHashSet<>(typed.files());
        files.addAll(found.files());
        SequencedSet<String> secrets = new LinkedHashSet<>(typed.secrets());
        secrets.addAll(found.secrets());
        RunAsk ask = new RunAsk(
                found.words(),
                List.copyOf(files),
                found.variables(),
                secrets.stream().sorted().toList(),
                typed.chdir(),
                typed.inPlace());
        ObjectNode resource = about.resource(found.action(), found.cluster(), found.attributes());
        return new RunQuestion(question(found.action(), resource), ask, found.because());
    }

    private static ObjectNode question(String action, ObjectNode resource) {
        ObjectNode question = Json.object().put("action", action);
        question.set("resource", resource);
        return question;
    }

    /** Says what it is, to people or as JSON. */
    void explain(Invocation invocation) {
        List<String> variables = new ArrayList<>(ask.environment().keySet());
        variables.sort(null);
        ObjectNode data = question.deepCopy();
        data.set("command", Json.array(ask.words()));
        data.set("files", Json.array(ask.files()));
        data.set("variables", Json.array(variables));
        data.set("secretVariables", Json.array(ask.secrets()));
        data.put("because", because);
        invocation.data(data, () -> {
            Facts facts = new Facts()
                    .add("action", Json.text(question, "action"))
                    .add(
                            "resource",
                            Json.text(question, "resource", "type") + ":" + Json.text(question, "resource", "id"));
            question.path("resource")
                    .path("attributes")
                    .properties()
                    .forEach(attribute -> facts.add(
                            "  " + attribute.getKey(), attribute.getValue().stringValue()));
            facts.add("command", String.join(" ", ask.words()))
                    .add("files", String.join(" ", ask.files()))
                    .add("variables", String.join(" ", variables))
                    .add("secret variables", String.join(" ", ask.secrets()))
                    .add("because", because)
                    .print(invocation.screen());
        });
    }
}
