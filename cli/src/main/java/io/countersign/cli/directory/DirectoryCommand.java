package io.countersign.cli.directory;

import io.countersign.cli.command.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The directory: who and what there is. */
@Command(
        name = "directory",
        description = "People, teams, roles, accounts, projects, environments, clusters, releases.")
public final class DirectoryCommand {

    private DirectoryCommand() {}

    /** The command with the nouns that these arguments need. */
    public static CommandLine under(Invocation invocation, List<String> arguments) {
        CommandLine line = new CommandLine(new DirectoryCommand());
        Map<String, Function<Invocation, Object>> nouns = nouns();
        Optional<String> typed = arguments.stream().filter(nouns::containsKey).findFirst();
        nouns.forEach((noun, command) -> {
            if (typed.isEmpty() || typed.get().equals(noun)) {
                line.addSubcommand(noun, command.apply(invocation));
            }
        });
        return line;
    }

    private static Map<String, Function<Invocation, Object>> nouns() {
        Map<String, Function<Invocation, Object>> nouns = new LinkedHashMap<>();
        nouns.put("people", PeopleCommand::new);
        nouns.put("teams", TeamsCommand::new);
        nouns.put("roles", RolesCommand::new);
        nouns.put("accounts", AccountsCommand::new);
        nouns.put("permissions", PermissionsCommand::new);
        nouns.put("projects", PlacesCommand.Projects::new);
        nouns.put("environments", PlacesCommand.Environments::new);
        nouns.put("clusters", PlacesCommand.Clusters::new);
        nouns.put("releases", PlacesCommand.Releases::new);
        nouns.put("actions", ActionsCommand::new);
        nouns.put("organization", OrganizationCommand::new);
        return nouns;
    }
}
