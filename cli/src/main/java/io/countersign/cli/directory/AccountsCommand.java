package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.command.Named;
import io.countersign.client.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Service accounts and agents. */
@Command(
        name = "accounts",
        description = "Service accounts and agents: they ask, they never approve, somebody owns them.")
final class AccountsCommand {

    private final Shelf accounts;

    AccountsCommand(Invocation invocation) {
        this.accounts = new Shelf(invocation, "accounts", List.of("handle", "name", "kind", "active", "owner", "id"));
    }

    @Command(name = "list", description = "List accounts.")
    int list() {
        return accounts.list();
    }

    @Command(name = "show", description = "Show an account.")
    int show(@Parameters(paramLabel = "ACCOUNT", description = "@handle or id") String account) {
        return accounts.show(Named.who(account));
    }

    @Command(name = "add", description = "Add an account.")
    int add(
            @Parameters(paramLabel = "HANDLE", description = "short and unique, for example deploy-bot") String handle,
            @Option(
                            names = "--kind",
                            required = true,
                            paramLabel = "service|agent",
                            description = "a program, or an AI agent")
                    String kind,
            @Option(
                            names = "--owner",
                            required = true,
                            paramLabel = "WHO",
                            description = "the person, team or account that answers for it")
                    String owner,
            @Option(
                            names = "--accountable",
                            paramLabel = "PERSON",
                            description = "the one person who answers for it, where a team owns it")
                    @Nullable
                    String accountable,
            @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "may be repeated") @Nullable
                    List<String> roles,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name) {
        ObjectNode body = Json.object()
                .put("handle", handle)
                .put("name", name == null ? handle : name)
                .put("kind", kind)
                .put("ownerId", Named.who(owner));
        Shelf.put(body, "accountableId", accountable == null ? null : Named.who(accountable));
        Shelf.putAll(body, "roles", PeopleCommand.given(roles));
        return accounts.added(body);
    }

    @Command(name = "change", description = "Change an account.")
    int change(
            @Parameters(paramLabel = "ACCOUNT", description = "@handle or id") String account,
            @Option(names = "--owner", paramLabel = "WHO", description = "who answers for it now") @Nullable
                    String owner,
            @Option(names = "--active", paramLabel = "true|false", description = "false: its tokens do not work")
                    @Nullable
                    Boolean active,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name) {
        ObjectNode changes = Json.object();
        Shelf.put(changes, "ownerId", owner == null ? null : Named.who(owner));
        Shelf.putTruth(changes, "active", active);
        Shelf.put(changes, "name", name);
        return accounts.change(Named.who(account), changes);
    }

    @Command(
            name = "remove",
            description = "Remove an account for good; its tokens end. See also `change --active=false`.")
    int remove(
            @Parameters(paramLabel = "ACCOUNT", description = "@handle or id") String account,
            @Option(names = "--confirm", paramLabel = "HANDLE", description = "the handle once more") @Nullable
                    String confirm) {
        return accounts.remove(Named.who(account), confirm, "whatever runs as " + account + " stops working");
    }
}
