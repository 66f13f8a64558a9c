package io.countersign.cli.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to run, as typed and before anything was looked at.
 *
 * @param words the command and its arguments
 * @param files what was named with {@code --file}
 * @param environment variables with their values, shown to approvers
 * @param secrets names of variables whose values nobody is shown
 * @param chdir the real folder to run in, or none for the snapshot's own
 * @param inPlace whether the executable runs from its own place
 */
record RunAsk(
        List<String> words,
        List<String> files,
        Map<String, String> environment,
        List<String> secrets,
        @Nullable String chdir,
        boolean inPlace) {

    RunAsk {
        words = List.copyOf(words);
        files = List.copyOf(files);
        environment = Map.copyOf(environment);
        secrets = List.copyOf(secrets);
    }
}
