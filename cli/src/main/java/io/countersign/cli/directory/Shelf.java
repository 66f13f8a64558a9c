package io.countersign.cli.directory;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Facts;
import io.countersign.client.wire.Answer;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of thing in the directory and what is done to all kinds alike.
 *
 * @param noun how it is called in the plural, which is also its path
 * @param columns the fields that a list shows
 */
record Shelf(Invocation invocation, String noun, List<String> columns) {

    private static final int MOST = 10_000;
    /** Lists what lies below one, with these columns. */
    int below(String id, String what, String nothing, String... fields) {
        List<String> headings = new ArrayList<>();
        List.of(fields).forEach(field -> headings.add(heading(field)));
        invocation.list(
                invocation.server().items(path(id, what), MOST),
                nothing,
                headings,
                thing -> Details.row(thing, invocation.when(), fields));
        return ExitCode.DONE;
    }

    int list(String... query) {
        List<String> headings = new ArrayList<>();
        columns.forEach(column -> headings.add(heading(column)));
        invocation.list(
                invocation.server().items(Call.query("/" + noun, query), MOST),
                "No " + noun + ".",
                headings,
                thing -> Details.row(thing, invocation.when(), columns.toArray(String[]::new)));
        return ExitCode.DONE;
    }

    int show(String id) {
        return told(invocation.server().get(path(id)));
    }

    /** Adds one and answers it. */
    JsonNode add(ObjectNode body) {
        return invocation
                .server()
                .send(Call.post("/" + noun, body, invocation.key()))
                .body();
    }

    /** Adds one and shows it. */
    int added(ObjectNode body) {
        JsonNode thing = add(body);
        invocation.screen().say("Added " + Details.name(thing) + ".");
        return told(thing);
    }

    /** Changes the fields given, in the version that is there now. */
    int change(String id, ObjectNode changes) {
        if (changes.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, "nothing to change", "say what, see --help");
        }
        ServerClient server = invocation.server();
        Answer present = server.send(Call.get(path(id)));
        JsonNode changed = server.send(Call.edit("PATCH", path(id), changes, present.version()))
                .body();
        invocation.screen().say("Changed " + Details.name(changed) + ".");
        return told(changed);
    }

    /** Removes one after its name was given. */
    int remove(String id, @Nullable String confirm, String whatHappens) {
        ServerClient server = invocation.server();
        Answer present = server.send(Call.get(path(id)));
        String name = plainName(present.body());
        invocation.questions().named(name, confirm, whatHappens);
        server.send(Call.edit("DELETE", path(id), null, present.version()).withKey(invocation.key()));
        invocation.done(Json.object().put("removed", name), "Removed " + name + ".");
        return ExitCode.DONE;
    }

    /** Something done to one, by a path below it; it is shown as it is then. */
    int act(Call call, String done) {
        JsonNode answer = invocation.server().send(call).body();
        invocation.screen().say(done);
        return told(answer);
    }

    /** The same where the server has nothing to show for it. */
    int act(Call call, ObjectNode what, String done) {
        invocation.server().send(call);
        invocation.done(what, done);
        return ExitCode.DONE;
    }

    String path(String id, String... below) {
        String[] segments = new String[below.length + 2];
        segments[0] = noun;
        segments[1] = id;
        System.arraycopy(below, 0, segments, 2, below.length);
        return Call.path(segments);
    }

    int told(JsonNode thing) {
        invocation.data(thing, () -> {
            Facts facts = new Facts();
            Details.add(facts, thing, invocation.when());
            facts.print(invocation.screen());
        });
        return ExitCode.DONE;
    }

    /** Puts the value where there is one. */
    static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    /** Puts the truth where there is one. */
    static void putTruth(ObjectNode body, String field, @Nullable Boolean value) {
        if (value != null) {
            body.put(field, value.booleanValue());
        }
    }

    /** Puts the list where it has elements. */
    static void putAll(ObjectNode body, String field, List<String> values) {
        if (!values.isEmpty()) {
            body.set(field, Json.array(values));
        }
    }

    /** {@code memberCount} becomes {@code MEMBER COUNT}. */
    private static String heading(String field) {
        return field.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }

    private static String plainName(JsonNode thing) {
        String handle = Json.text(thing, "handle");
        return handle.isEmpty() ? Details.name(thing) : handle;
    }
}
