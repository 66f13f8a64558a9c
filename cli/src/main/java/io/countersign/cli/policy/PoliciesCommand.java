package io.countersign.cli.policy;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.Details;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Facts;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Answer;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerClient;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Approval policy templates; bindings and questions about them are its siblings. */
@Command(
        name = "policies",
        description = "Approval policies: templates, what they are bound to, why and when they apply.")
public final class PoliciesCommand {

    private final Invocation invocation;

    private PoliciesCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command with its verbs. */
    public static CommandLine with(Invocation invocation) {
        return new CommandLine(new PoliciesCommand(invocation))
                .addSubcommand("explain", new QuestionsCommand.Explain(invocation))
                .addSubcommand("preview", new QuestionsCommand.Preview(invocation))
                .addSubcommand("replay", new ReplayCommand(invocation));
    }

    @Command(name = "list", description = "List templates.")
    int list() {
        invocation.list(
                Templates.all(invocation.server()),
                "No policies.",
                List.of("NAME", "VERSION", "SCOPE", "APPROVALS", "ID"),
                template -> Details.row(
                        template, invocation.when(), "name", "version", "scope", "quorum.minApprovals", "id"));
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show a template as it is written.")
    int show(
            @Parameters(paramLabel = "POLICY", description = "its name or id") String policy,
            @Option(names = "--version-number", paramLabel = "N", description = "an older version") @Nullable
                    Integer version) {
        ServerClient server = invocation.server();
        String id = Templates.id(server, policy);
        JsonNode template = version == null
                ? server.get(Call.path("templates", id))
                : server.get(Call.path("templates", id, "versions", version.toString()));
        invocation.data(template, () -> invocation.screen().json(Json.pretty(template)));
        return ExitCode.DONE;
    }

    @Command(name = "versions", description = "List the versions of a template: who saved them and when.")
    int versions(@Parameters(paramLabel = "POLICY", description = "its name or id") String policy) {
        ServerClient server = invocation.server();
        invocation.list(
                server.items(Call.path("templates", Templates.id(server, policy), "versions"), Templates.MOST),
                "No versions.",
                List.of("VERSION", "SAVED", "BY"),
                version -> Details.row(version, invocation.when(), "version", "savedAt", "author"));
        return ExitCode.DONE;
    }

    @Command(
            name = "create",
            description = "Create a template from a file. What nobody could meet, or what means nothing, is refused.")
    int create(
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE",
                            description = "YAML or JSON; - is standard input")
                    String file) {
        ObjectNode body = new TemplateFile(file).read(invocation.surroundings());
        JsonNode template = invocation
                .server()
                .send(Call.post("/templates", body, invocation.key()))
                .body();
        saved(template, "Created");
        invocation
                .screen()
                .next(
                        "countersign policies bind '" + Json.text(template, "name") + "' --to PROJECT/ENVIRONMENT",
                        "makes it count");
        return ExitCode.DONE;
    }

    @Command(name = "update", description = "Save a new version of a template from a file; the old ones stay readable.")
    int update(
            @Parameters(paramLabel = "POLICY", description = "its name or id") String policy,
            @Option(
                            names = {"-f", "--file"},
                            required = true,
                            paramLabel = "FILE",
                            description = "YAML or JSON; - is standard input")
                    String file) {
        ServerClient server = invocation.server();
        ObjectNode body = new TemplateFile(file).read(invocation.surroundings());
        String path = Call.path("templates", Templates.id(server, policy));
        Answer present = server.send(Call.get(path));
        saved(
                server.send(Call.edit("PUT", path, body, present.version()).withKey(invocation.key()))
                        .body(),
                "Saved");
        return ExitCode.DONE;
    }

    @Command(name = "archive", description = "Archive a template: its bindings end; open requests keep what they need.")
    int archive(
            @Parameters(paramLabel = "POLICY", description = "its name or id") String policy,
            @Option(names = "--confirm", paramLabel = "NAME", description = "the name once more") @Nullable
                    String confirm) {
        ServerClient server = invocation.server();
        JsonNode template = Templates.find(server, policy);
        String name = Json.text(template, "name");
        invocation.questions().named(name, confirm, "what `" + name + "` guards is no longer guarded by it");
        Call call = Call.post(
                Call.path("templates", Json.text(template, "id"), "archival"), Json.object(), invocation.key());
        invocation.done(server.send(call).body(), "Archived " + name + ".");
        return ExitCode.DONE;
    }

    @Command(name = "bindings", description = "List what is bound to what.")
    int bindings() {
        BindingTarget names = new BindingTarget(invocation.server());
        invocation.list(
                invocation.server().items("/bindings", Templates.MOST),
                "No bindings.",
                List.of("ID", "POLICY", "LEVEL", "TARGET", "ACTIONS"),
                binding -> List.of(
                        Text.of(Json.text(binding, "id")),
                        Text.of(names.policy(binding)),
                        Text.of(Json.text(binding, "level")),
                        Text.of(names.words(binding)),
                        Text.of(Details.words(binding.path("actions"), invocation.when()))));
        return ExitCode.DONE;
    }

    @Command(name = "bind", description = "Bind a template: from then on it applies there.")
    int bind(
            @Parameters(paramLabel = "POLICY", description = "its name or id") String policy,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "TARGET",
                            description =
                                    "organization, project:NAME, cluster:NAME, PROJECT/ENVIRONMENT, or */ENVIRONMENT for"
                                            + " that environment of every project")
                    String target,
            @Option(
                            names = "--action",
                            split = ",",
                            paramLabel = "ACTION",
                            description = "only these actions; all of that level and below if not said")
                    @Nullable
                    List<String> actions) {
        ServerClient server = invocation.server();
        ObjectNode body = BindingTarget.body(target).put("templateId", Templates.id(server, policy));
        if (actions != null) {
            body.set("actions", Json.array(actions));
        }
        JsonNode binding =
                server.send(Call.post("/bindings", body, invocation.key())).body();
        saved(binding, "Bound");
        invocation
                .screen()
                .next("countersign policies explain --action ACTION --resource RESOURCE", "what applies now, and why");
        return ExitCode.DONE;
    }

    @Command(name = "unbind", description = "End a binding; open requests keep what they need.")
    int unbind(
            @Parameters(paramLabel = "ID", description = "the id that `bindings` shows") String id,
            @Option(names = "--confirm", paramLabel = "ID", description = "the id once more") @Nullable
                    String confirm) {
        invocation.questions().named(id, confirm, "the policy no longer applies there");
        invocation.server().send(Call.delete(Call.path("bindings", id)).withKey(invocation.key()));
        invocation.done(Json.object().put("removed", id), "Unbound.");
        return ExitCode.DONE;
    }

    private void saved(JsonNode thing, String done) {
        String version = Json.text(thing, "version");
        invocation
                .screen()
                .say(done + " " + Details.name(thing) + (version.isEmpty() ? "." : ", version " + version + "."));
        for (JsonNode warning : Json.list(thing, "warnings")) {
            invocation
                    .screen()
                    .say(Text.of(Style.CAUTION, "warning: ")
                            .and(Json.text(warning, "sentence"))
                            .and(
                                    Style.DIM,
                                    " (" + Json.text(warning, "field") + ", " + Json.text(warning, "code") + ")"));
        }
        invocation.data(thing, () -> {
            Facts facts = new Facts();
            facts.add("id", Json.text(thing, "id"));
            facts.print(invocation.screen());
        });
    }

    static CommandFailure unknown(String policy) {
        return new CommandFailure(
                ExitCode.ERROR, "no policy is called `" + policy + "`", "`countersign policies list` shows them");
    }
}
