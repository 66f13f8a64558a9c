package io.countersign.cli.mapping;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.mapping.CommandWords.Given;
import io.countersign.cli.mapping.Flags.Takes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files and folders a command reads, as its words name them; each must be one that can be copied. */
record NamedFiles(Path workingFolder, boolean elsewhere) {

    /**
     * All of them, as typed.
     *
     * @param naming how many of the operands name the command
     * @param numbers which of the others are files, counted from 1
     * @param planned whether the plan is named elsewhere already
     */
    List<String> of(CommandWords words, int naming, List<Integer> numbers, boolean planned) {
        List<String> files = new ArrayList<>();
        for (Given given : words.given()) {
            if (given.flag().takes() == Takes.FILE) {
                files.add(checked(Optional.ofNullable(given.value()).orElse("")));
            }
        }
        for (int number : numbers) {
            int at = naming + number - 1;
            if (at < words.operands().size() && !planned) {
                files.add(checked(words.operands().get(at)));
            }
        }
        return files.stream().distinct().toList();
    }

    private String checked(String typed) {
        if (typed.equals("-")) {
            throw refused(typed, "there is nothing on standard input", "write it to a file and name that");
        }
        if (typed.contains("://")) {
            throw refused(typed, "what is there can be something else after the approval", "fetch it first");
        }
        if (typed.contains(",")) {
            throw refused(typed, "it may be several files", "name each with a flag of its own");
        }
        Path path =
                typed.isEmpty() ? workingFolder : workingFolder.resolve(typed).normalize();
        if (typed.isEmpty() || !Files.exists(path)) {
            throw refused(typed, "it is not here, so it cannot be part of what is approved", "fetch it first");
        }
        boolean beside = !elsewhere && !Path.of(typed).isAbsolute() && path.startsWith(workingFolder);
        if (Files.isDirectory(path) && !beside) {
            throw refused(
                    typed,
                    "a folder is copied only from beneath the one where you are",
                    "go where it is, and leave --chdir out");
        }
        return typed;
    }

    private static CommandFailure refused(String typed, String why, String remedy) {
        return new CommandFailure(ExitCode.USAGE, "`" + typed + "`: " + why, remedy);
    }
}
