package io.countersign.cli.directory;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Named;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People. */
@Command(name = "people", description = "People. Wherever a person is named: the handle as @ada, or the id.")
final class PeopleCommand {

    private final Invocation invocation;
    private final Shelf people;

    PeopleCommand(Invocation invocation) {
        this.invocation = invocation;
        this.people =
                new Shelf(invocation, "people", List.of("handle", "name", "active", "roles", "teams", "credential"));
    }

    @Command(name = "list", description = "List people.")
    int list(
            @Option(
                            names = {"-q", "--search"},
                            defaultValue = "",
                            paramLabel = "WORDS",
                            description = "in handles and names")
                    String words) {
        return people.list("q", words);
    }

    @Command(name = "show", description = "Show a person.")
    int show(@Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return people.show(Named.who(person));
    }

    @Command(
            name = "add",
            description = {
                "Add a person. Nobody sets another's password: --link makes the one-time link to hand over.",
                "The link is written to standard output, this once."
            })
    int add(
            @Parameters(paramLabel = "HANDLE", description = "short and unique, for example ada") String handle,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "as people call them")
                    String name,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "for messages") @Nullable String email,
            @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "may be repeated") @Nullable
                    List<String> roles,
            @Option(names = "--team", split = ",", paramLabel = "TEAM", description = "may be repeated") @Nullable
                    List<String> teams,
            @Option(names = "--link", description = "make the enrolment link as well") boolean link) {
        ObjectNode body = Json.object().put("handle", bare(handle)).put("name", name);
        Shelf.put(body, "email", email);
        Shelf.putAll(body, "roles", given(roles));
        Shelf.putAll(body, "teams", given(teams));
        JsonNode person = people.add(body);
        invocation.screen().say("Added " + Details.name(person) + ".");
        if (link) {
            return link(Json.text(person, "id"), false);
        }
        invocation.screen().next("countersign directory people link @" + bare(handle), "the way in, to hand over");
        return people.told(person);
    }

    @Command(name = "change", description = "Change a person.")
    int change(
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call them") @Nullable String name,
            @Option(names = "--email", paramLabel = "ADDRESS", description = "for messages") @Nullable String email,
            @Option(
                            names = "--active",
                            paramLabel = "true|false",
                            description = "false: no sign-in, no votes, until it is true again")
                    @Nullable
                    Boolean active) {
        ObjectNode changes = Json.object();
        Shelf.putTruth(changes, "active", active);
        Shelf.put(changes, "name", name);
        Shelf.put(changes, "email", email);
        return people.change(Named.who(person), changes);
    }

    @Command(
            name = "remove",
            description = "Remove a person for good; the log keeps what they did. See also `change --active=false`.")
    int remove(
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person,
            @Option(names = "--confirm", paramLabel = "HANDLE", description = "the handle once more") @Nullable
                    String confirm) {
        return people.remove(Named.who(person), confirm, person + " is removed for good");
    }

    @Command(
            name = "link",
            description = "Make the one-time link by which a person sets a password; it is written once.")
    int link(
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person,
            @Option(names = "--reset", description = "for somebody who has forgotten the password") boolean reset) {
        ObjectNode body = Json.object().put("kind", reset ? "reset" : "enrolment");
        JsonNode link = invocation
                .server()
                .send(Call.post(people.path(Named.who(person), "enrolment-links"), body, invocation.key()))
                .body();
        invocation.data(link, () -> {
            String url = Json.text(link, "url");
            invocation.screen().print(url.isEmpty() ? Json.text(link, "link") : url);
            Json.instant(link, "expiresAt")
                    .ifPresent(end -> invocation
                            .screen()
                            .say("It works once, until " + invocation.when().end(end) + ". Only they should see it."));
            invocation.screen().next("countersign enrol LINK", "is what they type");
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "confirm",
            description = "Confirm that a person is who they should be, after somebody else made their link.")
    int confirm(@Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return people.act(
                Call.post(people.path(Named.who(person), "credential-confirmation"), Json.object(), invocation.key()),
                "Confirmed.");
    }

    static List<String> given(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static String bare(String handle) {
        return handle.startsWith("@") ? handle.substring(1) : handle;
    }
}
