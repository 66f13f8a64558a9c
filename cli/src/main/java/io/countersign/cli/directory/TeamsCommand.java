package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import io.countersign.cli.wire.Call;
import io.countersign.cli.wire.Json;
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
        this.teams = new Shelf(invocation, "teams", List.of("handle", "name", "members", "parents", "id"));
    }

    @Command(name = "list", description = "List teams.")
    int list() {
        return teams.list();
    }

    @Command(name = "show", description = "Show a team.")
    int show(@Parameters(paramLabel = "TEAM", description = "@handle or id") String team) {
        return teams.show(team);
    }

    @Command(name = "add", description = "Add a team.")
    int add(
            @Parameters(paramLabel = "HANDLE", description = "short and unique, for example sre") String handle,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(names = "--in", paramLabel = "TEAM", description = "the team it belongs to; may be repeated")
                    @Nullable
                    List<String> parents,
            @Option(
                            names = "--not-distinct",
                            description = "does not count where distinct teams are wanted (all-staff)")
                    boolean notDistinct) {
        ObjectNode body = Json.object().put("handle", handle).put("name", name == null ? handle : name);
        Shelf.put(body, "parents", PeopleCommand.given(parents));
        if (notDistinct) {
            body.put("countsAsDistinct", false);
        }
        return teams.added(body);
    }

    @Command(name = "change", description = "Change a team.")
    int change(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Option(names = "--name", paramLabel = "NAME", description = "as people call it") @Nullable String name,
            @Option(
                            names = "--distinct",
                            paramLabel = "true|false",
                            description = "counts where distinct teams are wanted")
                    @Nullable
                    Boolean distinct) {
        ObjectNode changes = Json.object();
        Shelf.put(changes, "name", name);
        if (distinct != null) {
            changes.put("countsAsDistinct", distinct.booleanValue());
        }
        return teams.change(team, changes);
    }

    @Command(name = "remove", description = "Remove a team.")
    int remove(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Option(names = "--confirm", paramLabel = "HANDLE", description = "the handle once more") @Nullable
                    String confirm) {
        return teams.remove(team, confirm, "approvals that need " + team + " can no longer be given");
    }

    @Command(name = "join", description = "Put a person into a team.")
    int join(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return teams.act(
                Call.put(teams.path(team, "members", person), null).withKey(invocation.key()),
                person + " is in " + team + ".");
    }

    @Command(name = "leave", description = "Take a person out of a team.")
    int leave(
            @Parameters(paramLabel = "TEAM", description = "@handle or id") String team,
            @Parameters(paramLabel = "PERSON", description = "@handle or id") String person) {
        return teams.act(
                Call.delete(teams.path(team, "members", person)).withKey(invocation.key()),
                person + " is no longer in " + team + ".");
    }
}
