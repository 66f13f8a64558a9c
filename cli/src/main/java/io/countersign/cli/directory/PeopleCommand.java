package io.countersign.cli.directory;

import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.wire.Call;
import io.countersign.cli.wire.Json;
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
        this.people = new Shelf(invocation, "people", List.of("handle", "name", "active", "roles", "teams", "id"));
    }

    @Command(name = "list", description = "List people.")
    int list() {
        return people.list();
    }

    @Command(name = "show", description = "Show a person.")
    int show(@Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return people.show(person);
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
        Shelf.put(body, "roles", given(roles));
        Shelf.put(body, "teams", given(teams));
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
            @Option(names = "--email", paramLabel = "ADDRESS", description = "for messages") @Nullable String email) {
        ObjectNode changes = Json.object();
        Shelf.put(changes, "name", name);
        Shelf.put(changes, "email", email);
        return people.change(person, changes);
    }

    @Command(name = "remove", description = "Deactivate a person: no sign-in, no votes; what they did stays.")
    int remove(
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person,
            @Option(names = "--confirm", paramLabel = "HANDLE", description = "the handle once more") @Nullable
                    String confirm) {
        return people.remove(person, confirm, person + " loses every access and all votes on pending requests");
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
                .send(Call.post(people.path(person, "enrolment-links"), body, invocation.key()))
                .body();
        invocation.data(link, () -> {
            String url = Json.text(link, "url");
            invocation.screen().print(url.isEmpty() ? Json.text(link, "link") : url);
            Json.instant(link, "expiresAt")
                    .ifPresent(end -> invocation
                            .screen()
                            .say("It works once, until " + invocation.when().full(end) + ". Only they should see it."));
            invocation.screen().next("countersign enrol LINK", "is what they type");
        });
        return ExitCode.DONE;
    }

    @Command(
            name = "confirm",
            description = "Confirm that a person is who they should be, after somebody else made their link.")
    int confirm(@Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return people.act(
                Call.post(people.path(person, "credential-confirmation"), Json.object(), invocation.key()),
                "Confirmed.");
    }

    static List<String> given(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static String bare(String handle) {
        return handle.startsWith("@") ? handle.substring(1) : handle;
    }
}
