package io.countersign.cli.declaration;

import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Invocation;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.Json;
import io.countersign.core.action.ActionCatalogue;
import io.countersign.core.declaration.DeclarationText;
import io.countersign.core.declaration.DeclaredKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;

/** Looks at files without any server: what can be wrong in them by themselves is told with file, line and column. */
@Command(
        name = "validate",
        description = {
            "Check declarations in files without a server: their form, their templates, and what is declared twice.",
            "Names that the files do not declare are told as notes, since the server may know them."
        })
public final class ValidateCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private FileOptions files = new FileOptions();

    @Option(
            names = "--whole",
            description = "the files declare the whole organization: an unknown name is an error, not a note")
    private boolean whole;

    public ValidateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        DeclarationFiles read = DeclarationFiles.read(files.names(), invocation.surroundings());
        DeclarationText text = read.text();
        List<FilePlace.Complaint> unknown = new ArrayList<>();
        if (read.complaints().isEmpty()) {
            text.unknown(text.declaration(), ActionCatalogue.standard(), Set.of())
                    .forEach(fault -> unknown.add(read.complaint(fault)));
        }
        List<FilePlace.Complaint> errors = new ArrayList<>(read.complaints());
        if (whole) {
            errors.addAll(unknown);
        } else {
            sorted(unknown)
                    .forEach(note -> invocation
                            .screen()
                            .say(Text.of(Style.DIM, "note: ")
                                    .and(note.words() + " in these files; the server must know it")));
        }
        if (!errors.isEmpty()) {
            return refused(invocation, errors);
        }
        invocation.data(Json.array(), () -> invocation.screen().say(counted(text)));
        return ExitCode.DONE;
    }

    private static String counted(DeclarationText text) {
        List<String> parts = new ArrayList<>();
        for (DeclaredKind kind : DeclaredKind.values()) {
            int count = text.declaration().all(kind).size();
            if (count > 0) {
                parts.add(count + " " + (count == 1 ? kind.word() : kind.section()));
            }
        }
        return "Valid: " + (parts.isEmpty() ? "nothing is declared" : String.join(", ", parts)) + ".";
    }

    /** Tells everything that is wrong, as compilers do, and answers the exit code. */
    static int refused(Invocation invocation, List<FilePlace.Complaint> errors) {
        List<FilePlace.Complaint> sorted = sorted(errors);
        sorted.forEach(error -> invocation
                .screen()
                .say(Text.of(Style.BAD, "error: ").and(error.words()).and(Style.DIM, " (" + error.code() + ")")));
        invocation.data(
                json(sorted),
                () -> invocation
                        .screen()
                        .say(
                                sorted.size() == 1
                                        ? "1 error; nothing was done."
                                        : sorted.size() + " errors; nothing was done."));
        return ExitCode.ERROR;
    }

    private static ArrayNode json(List<FilePlace.Complaint> errors) {
        ArrayNode array = Json.array();
        errors.forEach(error -> array.add(Json.object()
                .put("file", error.spot().file())
                .put("line", error.spot().line())
                .put("column", error.spot().column())
                .put("code", error.code())
                .put("sentence", error.sentence())));
        return array;
    }

    private static List<FilePlace.Complaint> sorted(List<FilePlace.Complaint> complaints) {
        return complaints.stream()
                .distinct()
                .sorted(Comparator.comparing(
                                (FilePlace.Complaint one) -> one.spot().file())
                        .thenComparingInt(one -> one.spot().line())
                        .thenComparingInt(one -> one.spot().column()))
                .toList();
    }
}
