package io.countersign.cli.command;

import io.countersign.cli.terminal.Screen;
import io.countersign.cli.terminal.Style;
import io.countersign.cli.terminal.Text;
import io.countersign.client.wire.ServerProblem;
import io.countersign.client.wire.ServerRefusal;
import io.countersign.client.wire.UnreachableException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/** Puts what went wrong into words on standard error; never a stack trace. */
public final class Failures {

    private Failures() {}

    /** Tells whoever types a command, and answers the exit code. */
    public static int tell(Throwable failure, Screen screen) {
        return switch (failure) {
            case CommandFailure own -> told(screen, message(own), own.remedy(), own.exitCode());
            case ServerRefusal refusal -> tell(refusal, screen, Remedies.TYPED);
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

    /** Tells of a refusal with these remedies, and answers the exit code. */
    public static int tell(ServerRefusal refusal, Screen screen, Remedies remedies) {
        ServerProblem problem = refusal.problem();
        screen.say(Text.of(Style.BAD, "countersign: ").and(Style.STRONG, problem.title()));
        boolean said = problem.violations().stream()
                .anyMatch(violation -> violation.message().equals(problem.detail()));
        if (!problem.detail().isEmpty() && !problem.detail().equals(problem.title()) && !said) {
            screen.say("  " + problem.detail());
        }
        violations(problem, screen, remedies);
        String code = problem.code().isEmpty() ? "" : problem.code() + ", ";
        String id = problem.requestId().isEmpty() ? "" : ", request id " + problem.requestId();
        screen.say(Text.of(Style.DIM, "  (" + code + problem.status() + id + ")"));
        if (problem.code().equals("note-required")) {
            screen.next("--reason WHY", "is the note of a vote");
        }
        return ExitCode.of(problem);
    }

    /** What is wrong in particular, and what to do; a remedy of several is said once. */
    private static void violations(ServerProblem problem, Screen screen, Remedies remedies) {
        Set<String> told = new HashSet<>(Set.of(""));
        for (ServerProblem.Violation violation : problem.violations()) {
            String field = violation.field().isEmpty() ? "" : violation.field() + ": ";
            screen.say(Text.of("  - " + field + violation.message()));
            String remedy = remedies.of(violation.code(), violation.remedy());
            if (told.add(remedy)) {
                screen.say(Text.of(Style.DIM, "    remedy: ").and(remedy));
            }
        }
        String remedy = remedies.of(problem.code(), problem.remedy());
        boolean saidAbove = problem.violations().stream()
                .map(ServerProblem.Violation::remedy)
                .anyMatch(one -> !one.isEmpty() && one.equals(problem.remedy()));
        if (!saidAbove && told.add(remedy)) {
            screen.say(Text.of(Style.DIM, "  remedy: ").and(remedy));
        }
    }

    private static int told(Screen screen, String what, String remedy, int exitCode) {
        screen.say(Text.of(Style.BAD, "countersign: ").and(what));
        if (!remedy.isEmpty()) {
            screen.say(Text.of(Style.DIM, "  remedy: ").and(remedy));
        }
        return exitCode;
    }

    private static String words(UncheckedIOException failure) {
        if (failure.getCause() instanceof FileSystemException file) {
            return words(file);
        }
        return message(failure);
    }

    private static String words(FileSystemException file) {
        String name = "`" + file.getFile() + "`";
        return switch (file) {
            case NoSuchFileException _ -> "there is no file " + name;
            case AccessDeniedException _ -> name + " may not be read or written by you";
            case FileAlreadyExistsException _ -> name + " is there already";
            case NotDirectoryException _ -> name + " is no folder";
            default -> name + ": " + Objects.requireNonNullElse(file.getReason(), "it cannot be read or written");
        };
    }

    private static String message(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
