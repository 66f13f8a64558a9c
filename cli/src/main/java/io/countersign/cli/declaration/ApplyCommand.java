package io.countersign.cli.declaration;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Call;
import io.countersign.client.wire.Json;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the organization what files declare: shows the difference, asks, and applies all of it or nothing. */
@Command(
        name = "apply",
        description = {
            "Make the organization what files declare: show the difference, ask, apply all of it or nothing.",
            "What the files do not mention stays, unless --prune is said; then what their lists lack is removed."
        })
public final class ApplyCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private FileOptions files = new FileOptions();

    @Option(
            names = "--prune",
            description = "remove what the lists in the files lack; a list that is absent lacks nothing")
    private boolean prune;

    @Option(names = "--dry-run", description = "show the difference and change nothing")
    private boolean dryRun;

    public ApplyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        DeclarationFiles read = DeclarationFiles.read(files.names(), invocation.surroundings());
        read.text();
        if (!read.complaints().isEmpty()) {
            return ValidateCommand.refused(invocation, read.complaints());
        }
        ObjectNode body = Json.object().put("prune", prune);
        body.set("documents", Json.tree(read.trees()));
        try {
            return apply(read, body);
        } catch (ServerRefusal refusal) {
            List<FilePlace.Complaint> placed = placed(refusal.problem(), read);
            if (placed.isEmpty()) {
                throw refusal;
            }
            return ValidateCommand.refused(invocation, placed);
        }
    }

    private int apply(DeclarationFiles read, ObjectNode body) {
        JsonNode difference = invocation
                .server()
                .send(Call.post("/declarations/differences", body, invocation.key()))
                .body();
        warn(difference, read);
        boolean nothing = Json.list(difference, "changes").isEmpty();
        if (dryRun || nothing) {
            invocation.data(difference, () -> new DifferencePainter(invocation.screen()).paint(difference));
            return ExitCode.DONE;
        }
        if (!invocation.inJson()) {
            new DifferencePainter(invocation.screen()).paint(difference);
        }
        invocation.questions().sure("Apply this?");
        body.put("expected", Json.text(difference, "digest"));
        JsonNode applied = invocation
                .server()
                .send(Call.post("/declarations", body, invocation.key()))
                .body();
        invocation.data(
                applied,
                () -> invocation
                        .screen()
                        .say(Text.of(Style.GOOD, "Applied: ")
                                .and(Json.number(applied, "added") + " added, "
                                        + Json.number(applied, "altered") + " changed, "
                                        + Json.number(applied, "removed") + " removed.")));
        return ExitCode.DONE;
    }

    private void warn(JsonNode difference, DeclarationFiles read) {
        for (JsonNode warning : Json.list(difference, "warnings")) {
            FilePlace spot = read.spotOfField(Json.text(warning, "field"));
            invocation
                    .screen()
                    .say(Text.of(Style.CAUTION, "warning: ")
                            .and(spot.words() + ": " + Json.text(warning, "sentence"))
                            .and(Style.DIM, " (" + Json.text(warning, "code") + ")"));
        }
    }

    /** What the server says about fields of the documents, at the places of the files. */
    private static List<FilePlace.Complaint> placed(ServerProblem problem, DeclarationFiles read) {
        List<FilePlace.Complaint> placed = new ArrayList<>();
        for (ServerProblem.Violation violation : problem.violations()) {
            if (violation.field().startsWith("documents[")) {
                placed.add(new FilePlace.Complaint(
                        read.spotOfField(violation.field()), violation.code(), violation.message(), null));
            }
        }
        return placed;
    }
}
