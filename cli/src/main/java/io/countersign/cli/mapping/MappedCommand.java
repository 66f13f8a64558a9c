package io.countersign.cli.mapping;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command is, as its mapping says.
 *
 * @param cluster where it acts, as Countersign calls it; none where the mapping could not tell
 * @param attributes what more is told of the resource
 * @param words what is to be run: as typed, with what was taken from outside pinned by flags
 * @param files the files and folders that it reads
 * @param variables what it is given of the environment, with the values
 * @param secrets variables whose values nobody is shown
 * @param because which part of which file says so, for people
 */
public record MappedCommand(
        String action,
        @Nullable String cluster,
        Map<String, String> attributes,
        List<String> words,
        List<String> files,
        Map<String, String> variables,
        List<String> secrets,
        String because) {

    public MappedCommand {
        attributes = Map.copyOf(attributes);
        words = List.copyOf(words);
        files = List.copyOf(files);
        variables = Map.copyOf(variables);
        secrets = List.copyOf(secrets);
    }
}
