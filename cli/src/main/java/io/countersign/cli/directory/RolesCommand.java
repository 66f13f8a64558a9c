package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Named;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Roles. */
@Command(
        name = "roles",
        description = "Roles: the built-in ones, and your own such as tech-lead. A role implies no other.")
final class RolesCommand {

    private final Invocation invocation;
    private final Shelf roles;

    RolesCommand(Invocation invocation) {
        this.invocation = invocation;
        this.roles = new Shelf(invocation, "roles", List.of("id", "name", "builtIn", "holderCount", "description"));
    }

    @Command(name = "list", description = "List roles.")
    int list() {
        return roles.list();
    }

    @Command(name = "show", description = "Show a role and who holds it.")
    int show(@Parameters(paramLabel = "ROLE", description = "for example policy_manager") String role) {
        return roles.show(role);
    }

    @Command(name = "holders", description = "List who holds a role, and who gave it.")
    int holders(@Parameters(paramLabel = "ROLE", description = "its id") String role) {
        return roles.below(role, "holders", "Nobody.", "handle", "name", "grantedBy", "grantedAt");
    }

    @Command(name = "add", description = "Add a role of your own.")
    int add(
            @Parameters(paramLabel = "ID", description = "for example tech-lead") String id,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                    String description) {
        ObjectNode body = Json.object().put("id", id).put("name", name == null ? id : name);
        Shelf.put(body, "description", description);
        return roles.added(body);
    }

    @Command(name = "change", description = "Change a role of your own.")
    int change(
            @Parameters(paramLabel = "ROLE", description = "its id") String role,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(names = "--description", paramLabel = "TEXT", description = "what it is for") @Nullable
                    String description) {
        ObjectNode changes = Json.object();
        Shelf.put(changes, "name", name);
        Shelf.put(changes, "description", description);
        return roles.change(role, changes);
    }

    @Command(name = "remove", description = "Remove a role of your own.")
    int remove(
            @Parameters(paramLabel = "ROLE", description = "its id") String role,
            @Option(names = "--confirm", paramLabel = "NAME", description = "the name once more") @Nullable
                    String confirm) {
        return roles.remove(role, confirm, "approvals that need " + role + " can no longer be given");
    }

    @Command(name = "give", description = "Give a role to a person or account.")
    int give(
            @Parameters(paramLabel = "ROLE", description = "its id") String role,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return roles.act(
                Call.put(roles.path(role, "holders", Named.who(person)), null).withKey(invocation.key()),
                Json.object().put("role", role).put("given", person),
                person + " holds " + role + ".");
    }

    @Command(name = "take", description = "Take a role from a person or account.")
    int take(
            @Parameters(paramLabel = "ROLE", description = "its id") String role,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return roles.act(
                Call.delete(roles.path(role, "holders", Named.who(person))).withKey(invocation.key()),
                Json.object().put("role", role).put("taken", person),
                person + " no longer holds " + role + ".");
    }
}
