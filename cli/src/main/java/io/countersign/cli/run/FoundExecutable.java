package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file behind the first word of a command.
 *
 * @param asked the word as typed
 * @param name how it is called when it runs; some programs act by their name
 * @param path the file itself, no link, absolute
 * @param interpreters the programs that read it when it is a script, in the order they start; empty for a binary
 */
record FoundExecutable(String asked, String name, Path path, List<Path> interpreters) {

    /** How programs begin: ELF on Linux, Mach-O elsewhere. */
    private static final List<String> MAGIC =
            List.of("\u007fELF", "\u00cf\u00fa\u00ed\u00fe", "\u00ca\u00fe\u00ba\u00be");

    private static final int FIRST_LINE = 512;
    private static final int DEEPEST = 4;

    FoundExecutable {
        interpreters = List.copyOf(interpreters);
    }

    /** Looks where a shell would: beside the working folder when there is a slash in it, along PATH otherwise. */
    static FoundExecutable find(String asked, Surroundings surroundings, String declaredPath) {
        Path found = asked.contains("/")
                ? surroundings.workingFolder().resolve(asked)
                : along(surroundings.variable("PATH"), asked)
                        .orElseThrow(() -> missing("`" + asked + "` is nowhere along PATH"));
        Path real = real(found);
        if (!Files.isExecutable(real)) {
            throw missing("`" + found + "` cannot be executed");
        }
        Path name = found.getFileName();
        return new FoundExecutable(
                asked, name == null ? asked : name.toString(), real, interpreters(real, declaredPath, 0));
    }

    private static List<Path> interpreters(Path file, String declaredPath, int depth) {
        String line = firstLine(file);
        if (!line.startsWith("#!")) {
            if (MAGIC.stream().noneMatch(line::startsWith)) {
                throw missing("`" + file + "` is neither a program nor a script that begins with #!");
            }
            return List.of();
        }
        if (depth == DEEPEST) {
            throw missing("`" + file + "` is read by a script that is read by a script, and so on");
        }
        String[] words = line.substring(2).strip().split("\\s+", -1);
        Path interpreter = real(Path.of(words[0]));
        if (!Files.isExecutable(interpreter)) {
            throw missing("`" + interpreter + "`, which reads `" + file + "`, cannot be executed");
        }
        List<Path> chain = new ArrayList<>(List.of(interpreter));
        Path called = interpreter.getFileName();
        if (called != null && called.toString().equals("env") && words.length > 1) {
            String wanted = words[1].equals("-S") && words.length > 2 ? words[2] : words[1];
            Path behind = along(declaredPath, wanted)
                    .orElseThrow(
                            () -> missing(
                                    "`" + file + "` wants `" + wanted
                                            + "`, which is nowhere along the PATH that the command will have; declare it with --env PATH"));
            chain.add(real(behind));
            interpreter = real(behind);
        }
        chain.addAll(interpreters(interpreter, declaredPath, depth + 1));
        return chain;
    }

    private static String firstLine(Path file) {
        String start = new String(CopiedFile.start(file, FIRST_LINE), StandardCharsets.ISO_8859_1);
        int end = start.indexOf('\n');
        return end < 0 ? start : start.substring(0, end);
    }

    private static Optional<Path> along(String path, String name) {
        return List.of(path.split(":", -1)).stream()
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(candidate -> Files.isRegularFile(candidate) && Files.isExecutable(candidate))
                .findFirst();
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException gone) {
            throw missing("`" + path + "` is not there");
        }
    }

    private static CommandFailure missing(String what) {
        return new CommandFailure(ExitCode.ERROR, what, "name an executable that is there");
    }
}
