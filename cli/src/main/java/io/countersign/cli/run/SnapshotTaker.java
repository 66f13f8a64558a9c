package io.countersign.cli.run;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import io.countersign.cli.run.RunManifest.Argument;
import io.countersign.cli.run.RunManifest.Executable;
import io.countersign.cli.run.RunManifest.Folder;
import io.countersign.cli.run.RunManifest.Interpreter;
import io.countersign.cli.run.RunManifest.NamedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Copies what a command is made of into a folder and writes down what was copied. */
final class SnapshotTaker {

    static final String PROGRAMS = "bin";
    static final String WORK = "work";
    private static final String ELSEWHERE = "elsewhere";
    private static final int MOST_FILES = 10_000;

    private final Surroundings surroundings;
    private final RunAsk ask;
    private final Path snapshot;
    private final ShownText shown = new ShownText();
    private final List<NamedFile> files = new ArrayList<>();
    /** Each way in which a named file was written on the command line, and which file that is. */
    private final Map<String, Integer> named = new LinkedHashMap<>();

    SnapshotTaker(Surroundings surroundings, RunAsk ask, Path snapshot) {
        this.surroundings = surroundings;
        this.ask = ask;
        this.snapshot = snapshot;
    }

    RunManifest take() {
        FoundExecutable found = FoundExecutable.find(
                ask.words().getFirst(), surroundings, ask.environment().getOrDefault("PATH", ""));
        Executable executable = executable(found);
        ask.files().forEach(this::file);
        List<Argument> arguments =
                ask.words().stream().skip(1).map(this::argument).toList();
        Folder folder = folder();
        List<String> notBound = new NotBound(executable, ask, folder, strangers(arguments)).sentences();
        return new RunManifest(executable, arguments, ask.environment(), ask.secrets(), files, folder, notBound, null);
    }

    /** The same with what Terraform says about the plan. */
    static RunManifest withPlan(RunManifest manifest, JsonNode plan) {
        return new RunManifest(
                manifest.executable(),
                manifest.arguments(),
                manifest.environment(),
                manifest.secrets(),
                manifest.files(),
                manifest.folder(),
                manifest.notBound(),
                plan);
    }

    private Executable executable(FoundExecutable found) {
        if (!ask.inPlace() && CopiedFile.setsId(found.path())) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "`" + found.path() + "` runs with the rights of its owner, which a copy would not",
                    "run it from its own place: --executable-in-place");
        }
        Path copy = snapshot.resolve(PROGRAMS).resolve(found.name());
        CopiedFile file = ask.inPlace() ? CopiedFile.of(found.path()) : CopiedFile.copy(found.path(), copy);
        if (!ask.inPlace() && !Files.isExecutable(copy)) {
            throw new CommandFailure(
                    ExitCode.ERROR,
                    "nothing can be executed in `" + snapshot + "`",
                    "set XDG_STATE_HOME to a folder where programs may run, or use --executable-in-place");
        }
        List<Interpreter> interpreters = found.interpreters().stream()
                .map(path ->
                        new Interpreter(path.toString(), CopiedFile.of(path).sha256()))
                .toList();
        @Nullable
        String text = interpreters.isEmpty() ? null : shown.text(ask.inPlace() ? found.path() : copy, file.size());
        return new Executable(
                found.asked(), found.name(), found.path().toString(), file, !ask.inPlace(), interpreters, text);
    }

    /** Copies a named file, or all that is in a named folder. */
    private void file(String typed) {
        Path path = surroundings.workingFolder().resolve(typed).normalize();
        try {
            Path real = path.toRealPath();
            if (!Files.isDirectory(real)) {
                copy(typed, path, real);
                return;
            }
            try (Stream<Path> inside = Files.walk(path)) {
                for (Path one : inside.sorted().toList()) {
                    if (!Files.isDirectory(one)) {
                        copy(typed + "/" + path.relativize(one), one, inFolder(one));
                    }
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            throw new CommandFailure(
                    ExitCode.ERROR, "--file: `" + typed + "` cannot be read", "name a file that is there");
        }
    }

    private static Path inFolder(Path one) {
        if (Files.isSymbolicLink(one)) {
            throw new CommandFailure(
                    ExitCode.ERROR, "`" + one + "` is a link", "name what it points to with a --file of its own");
        }
        return one;
    }

    private void copy(String typed, Path path, Path real) {
        if (files.size() == MOST_FILES) {
            throw new CommandFailure(ExitCode.ERROR, "more than " + MOST_FILES + " files", "name what is needed");
        }
        String place = place(path);
        NamedFile there = files.stream()
                .filter(file -> file.copy().equals(place))
                .findFirst()
                .orElse(null);
        if (there != null) {
            named.put(typed, files.indexOf(there));
            return;
        }
        Path copy = snapshot.resolve(place);
        CopiedFile file = CopiedFile.copy(real, copy);
        @Nullable String text = shown.text(copy, file.size());
        @Nullable String base64 = text == null ? shown.base64(copy, file.size()) : null;
        named.put(typed, files.size());
        files.add(new NamedFile(path.toString(), place, file, text, base64));
    }

    /** Files of the working folder keep their place in it, so that relative names still find them. */
    private String place(Path path) {
        Path folder = surroundings.workingFolder();
        return ask.chdir() == null && path.startsWith(folder)
                ? WORK + "/" + folder.relativize(path)
                : ELSEWHERE + "/" + files.size() + "/" + path.getFileName();
    }

    private Argument argument(String word) {
        Integer whole = named.get(word);
        if (whole != null) {
            return new Argument(word, whole, "");
        }
        int equals = word.startsWith("-") ? word.indexOf('=') : -1;
        Integer part = equals < 0 ? null : named.get(word.substring(equals + 1));
        return part == null ? Argument.plain(word) : new Argument(word, part, word.substring(0, equals + 1));
    }

    private Folder folder() {
        if (ask.chdir() == null) {
            return new Folder(surroundings.workingFolder().toString(), true);
        }
        Path folder = surroundings.workingFolder().resolve(ask.chdir());
        try {
            return new Folder(folder.toRealPath().toString(), false);
        } catch (IOException gone) {
            throw new CommandFailure(ExitCode.ERROR, "--chdir: `" + folder + "` is not there", "");
        }
    }

    /** Words that name files here and were not named with --file: what is in them can be something else by then. */
    private List<String> strangers(List<Argument> arguments) {
        List<String> strangers = new ArrayList<>();
        for (Argument argument : arguments) {
            String word = argument.word();
            if (argument.file() >= 0 || word.isEmpty() || word.startsWith("-") || word.indexOf('\0') >= 0) {
                continue;
            }
            Path path = surroundings.workingFolder().resolve(word);
            if (!Files.exists(path)) {
                continue;
            }
            if (isNamedFolder(word)) {
                refuseOutside(word, path);
                continue;
            }
            if (!path.equals(Path.of(word)) && ask.chdir() == null) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "`" + word + "` is a file here, but the command runs where only named files are",
                        "name it with --file " + word + ", or run in this folder with --chdir .");
            }
            strangers.add(word);
        }
        return strangers;
    }

    private boolean isNamedFolder(String word) {
        return named.keySet().stream().anyMatch(typed -> typed.startsWith(word.endsWith("/") ? word : word + "/"));
    }

    /** The copy of a folder is found by its name only where that is told from the working folder. */
    private void refuseOutside(String word, Path path) {
        boolean found = ask.chdir() == null
                && !Path.of(word).isAbsolute()
                && path.normalize().startsWith(surroundings.workingFolder());
        if (!found) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the command would read the folder `" + word + "` itself, and not its copy",
                    "go to a folder above it, name it from there, and leave --chdir out");
        }
    }
}
