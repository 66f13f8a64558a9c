package io.countersign.rego.tool;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The words after `rego`: a verb, flags, options with values, and the rest. */
record Arguments(String verb, List<String> rest, Map<String, List<String>> options, Path folder) {

    private static final Set<String> WITH_VALUE = Set.of(
            "--only",
            "-d",
            "--data",
            "-i",
            "--input",
            "-b",
            "--bundle",
            "-r",
            "--run",
            "--threshold",
            "--count",
            "--verification-key",
            "--signing-key",
            "--signing-alg",
            "--scope",
            "--exclude-files-verify",
            "--now");

    static Arguments of(List<String> words, Path folder) {
        List<String> rest = new ArrayList<>();
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (WITH_VALUE.contains(word)) {
                if (i + 1 == words.size()) {
                    throw new IllegalArgumentException("`" + word + "` needs a value");
                }
                options.computeIfAbsent(word, w -> new ArrayList<>()).add(words.get(++i));
            } else if (word.startsWith("-") && word.length() > 1) {
                int equals = word.indexOf('=');
                String name = equals < 0 ? word : word.substring(0, equals);
                options.computeIfAbsent(name, w -> new ArrayList<>()).add(equals < 0 ? "" : word.substring(equals + 1));
            } else {
                rest.add(word);
            }
        }
        return new Arguments(words.isEmpty() ? "help" : words.get(0), rest, options, folder);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    @Nullable
    String value(String option) {
        List<String> values = options.get(option);
        return values == null ? null : values.get(values.size() - 1);
    }

    List<String> values(String... names) {
        List<String> values = new ArrayList<>();
        for (String name : names) {
            values.addAll(options.getOrDefault(name, List.of()));
        }
        return values;
    }

    Path path(int position) {
        if (position >= rest.size()) {
            throw new IllegalArgumentException("`rego " + verb + "` needs a file or folder");
        }
        return folder.resolve(rest.get(position));
    }

    List<Path> paths() {
        return rest.stream().map(folder::resolve).toList();
    }
}
