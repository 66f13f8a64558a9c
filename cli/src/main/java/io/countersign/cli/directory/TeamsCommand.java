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

/** Teams. */
@Command(name = "teams", description = "Teams; a team inside another brings its people along.")
final class TeamsCommand {

    private final Invocation invocation;
    private final Shelf teams;

    TeamsCommand(Invocation invocation) {
        this.invocation = invocation;
        this.teams =
                new Shelf(invocation, "teams", List.of("handle", "name", "parent", "memberCount", "countsAsDistinct"));
    }

    @Command(name = "list", description = "List teams.")
    int list() {
        return teams.list();
    }

    @Command(name = "show", description = "Show a team.")
    int show(@Parameters(paramLabel = "TEAM", description = "@handle or id") String team) {
        return teams.show(Named.who(team));
    }

    @Command(name = "members", description = "List who is directly in a team, and who put them there.")
    int members(@Parameters(paramLabel = "TEAM", description = "@handle or id") String team) {
        return teams.below(Named.who(team), "members", "Nobody.", "handle", "name", "grantedBy", "grantedAt");
    }

    @Command(name = "add", description = "Add a team.")
    int add(
            @Parameters(paramLabel = "HANDLE", description = "short and unique, for example sre") String handle,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(
                            names = "--in",
                            paramLabel = "TEAM",
                            description = "the team above it; its people are in that one too")
                    @Nullable
                    String parent,
            @Option(
                            names = "--not-distinct",
                            description = "does not count where distinct teams are wanted (all-staff)")
                    boolean notDistinct) {
        ObjectNode body = Json.object().put("handle", handle).put("name", name == null ? handle : name);
        Shelf.put(body, "parentId", parent == null ? null : Named.who(parent));
        if (notDistinct) {
            body.put("countsAsDistinct", false);
        }
        return teams.added(body);
    }

    @Command(name = "change", description = "Change a team.")
    int change(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(names = "--in", paramLabel = "TEAM", description = "the team above it; an empty word for none")
                    @Nullable
                    String parent,
            @Option(
                            names = "--distinct",
                            paramLabel = "true|false",
                            description = "counts where distinct teams are wanted")
                    @Nullable
                    Boolean distinct) {
        ObjectNode changes = Json.object();
        Shelf.put(changes, "name", name);
        Shelf.putTruth(changes, "countsAsDistinct", distinct);
        Shelf.put(changes, "parentId", parent == null ? null : Named.who(parent));
        return teams.change(Named.who(team), changes);
    }

    @Command(name = "remove", description = "Remove a team.")
    int remove(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Option(names = "--confirm", paramLabel = "HANDLE", description = "the handle once more") @Nullable
                    String confirm) {
        return teams.remove(Named.who(team), confirm, "approvals that need " + team + " can no longer be given");
    }

    @Command(name = "join", description = "Put a person into a team.")
    int join(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return teams.act(
                Call.put(teams.path(Named.who(team), "members", Named.who(person)), null)
                        .withKey(invocation.key()),
                Json.object().put("team", team).put("joined", person),
                person + " is in " + team + ".");
    }

    @Command(name = "leave", description = "Take a person out of a team.")
    int leave(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return teams.act(
                Call.delete(teams.path(Named.who(team), "members", Named.who(person)))
                        .withKey(invocation.key()),
                Json.object().put("team", team).put("left", person),
                person + " is no longer in " + team + ".");
    }
}
