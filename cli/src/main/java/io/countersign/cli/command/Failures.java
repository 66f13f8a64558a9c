package io.countersign.cli.command;

import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;

/** Puts what went wrong into words on standard error; never a stack trace. */
public final class Failures {

    private Failures() {}

    /** Tells the person and answers the exit code. */
    public static int tell(Throwable failure, Screen screen) {
        return switch (failure) {
            case CommandFailure own -> told(screen, message(own), own.remedy(), own.exitCode());
            case ServerRefusal refusal -> told(screen, refusal.problem());
            case UnreachableException away ->
                told(screen, message(away), "is it running? `countersign serve` starts one", ExitCode.ERROR);
            case UncheckedIOException io -> told(screen, words(io), "", ExitCode.ERROR);
            default ->
                told(
                        screen,
                        "this should not have happened: " + failure,
                        "please report it, with what you typed",
                        ExitCode.ERROR);
        };
    }

    private static int told(Screen screen, String what, String remedy, int exitCode) {
        screen.say(Text.of(Style.BAD, "countersign: ").and(what));
        if (!remedy.isEmpty()) {
            screen.say(Text.of(Style.DIM, "  remedy: ").and(remedy));
        }
        return exitCode;
    }

    private static int told(Screen screen, ServerProblem problem) {
        screen.say(Text.of(Style.BAD, "countersign: ").and(Style.STRONG, problem.title()));
        if (!problem.detail().isEmpty() && !problem.detail().equals(problem.title())) {
            screen.say("  " + problem.detail());
        }
        for (ServerProblem.Violation violation : problem.violations()) {
            String field = violation.field().isEmpty() ? "" : violation.field() + ": ";
            screen.say(Text.of("  - " + field + violation.message()));
            if (!violation.remedy().isEmpty()) {
                screen.say(Text.of(Style.DIM, "    remedy: ").and(violation.remedy()));
            }
        }
        if (!problem.remedy().isEmpty()) {
            screen.say(Text.of(Style.DIM, "  remedy: ").and(problem.remedy()));
        }
        String code = problem.code().isEmpty() ? "" : problem.code() + ", ";
        String id = problem.requestId().isEmpty() ? "" : ", request id " + problem.requestId();
        screen.say(Text.of(Style.DIM, "  (" + code + problem.status() + id + ")"));
        if (problem.violations().stream().anyMatch(violation -> violation.code().equals("reason-required"))) {
            screen.next("--reason WHY", "says why; --because WHY where a command has no --reason");
        }
        if (problem.code().equals("note-required")) {
            screen.next("--reason WHY", "is the note of a vote");
        }
        return ExitCode.of(problem);
    }

    private static String words(UncheckedIOException failure) {
        if (failure.getCause() instanceof FileSystemException file) {
            String reason = file.getReason();
            return "`" + file.getFile() + "`: "
                    + (reason == null ? file.getClass().getSimpleName() : reason);
        }
        return message(failure);
    }

    private static String message(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
