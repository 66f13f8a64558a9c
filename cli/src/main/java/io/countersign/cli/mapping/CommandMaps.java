package io.countersign.cli.mapping;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mapping files that hold: those that were named, or those of the user and, for programs these say nothing about, the
 * ones that come with this program.
 *
 * @param byProgram the map of each program, by the file name it is called under
 */
public record CommandMaps(Map<String, ProgramMap> byProgram, boolean builtIn) {

    private static final Pattern BUILT_IN = Pattern.compile("[a-z][a-z0-9-]*");
    private static final String USERS = "countersign/run.d";

    public CommandMaps {
        byProgram = Map.copyOf(byProgram);
    }

    /**
     * Reads them all, so that a broken one is never passed over.
     *
     * @param named a file, or a folder of files that end in {@code .yaml}; none for the usual places
     * @param configuration the user's folder for settings
     */
    public static CommandMaps of(@Nullable String named, Path workingFolder, Path configuration) {
        if (named != null) {
            Path path = workingFolder.resolve(named);
            if (!Files.isReadable(path)) {
                throw new CommandFailure(ExitCode.USAGE, "--map: `" + named + "` cannot be read", "");
            }
            return read(Files.isDirectory(path) ? inside(path) : List.of(path), false);
        }
        Path users = configuration.resolve(USERS);
        return read(Files.isDirectory(users) ? inside(users) : List.of(), true);
    }

    Optional<ProgramMap> find(String program) {
        ProgramMap found = byProgram.get(program);
        if (found != null || !builtIn || !BUILT_IN.matcher(program).matches()) {
            return Optional.ofNullable(found);
        }
        try (InputStream in = CommandMaps.class.getResourceAsStream("maps/" + program + ".yaml")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(MapReader.read(
                            "built-in " + program + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> inside(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static CommandMaps read(List<Path> files, boolean builtIn) {
        Map<String, ProgramMap> maps = new HashMap<>();
        for (Path file : files) {
            ProgramMap map = read(file);
            for (String program : map.programs()) {
                ProgramMap former = maps.putIfAbsent(program, map);
                if (former != null) {
                    throw map.at()
                            .fault(
                                    "`" + program + "` is mapped by "
                                            + former.at().file() + " already",
                                    "map it in one file");
                }
            }
        }
        return new CommandMaps(maps, builtIn);
    }

    private static ProgramMap read(Path file) {
        try {
            return MapReader.read(file.toString(), Files.readString(file));
        } catch (IOException unreadable) {
            throw new CommandFailure(
                    ExitCode.USAGE, "`" + file + "` cannot be read", "it must be a file of UTF-8 text");
        }
    }
}
