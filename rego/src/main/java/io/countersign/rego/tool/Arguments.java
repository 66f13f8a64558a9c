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
            "--verification-key",
            "--signing-key",
            "--signing-alg",
            "--scope",
            "--exclude-files-verify");

    private static final Set<String> OF_BUNDLES =
            Set.of("--verification-key", "--signing-alg", "--scope", "--exclude-files-verify");

    private static final Set<String> OF_DATA = Set.of("-d", "--data", "-b", "--bundle", "-i", "--input", "--v0");

    private static final Map<String, Set<String>> OF_VERBS = Map.of(
            "eval", Set.of("--strict-builtin-errors"),
            "explain", Set.of("--trace", "--json", "--strict-builtin-errors"),
            "check", Set.of("--strict", "--v0"),
            "test", Set.of("-r", "--run", "-v", "--coverage", "--threshold", "--v0"),
            "coverage", Set.of("--v0"),
            "fmt", Set.of("-w", "--write", "-l", "--list", "--check", "--fail", "--v0"),
            "sign", Set.of("--signing-key", "--signing-alg", "--scope"),
            "conformance", Set.of("-v", "--only"));

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
        Arguments arguments = new Arguments(words.isEmpty() ? "help" : words.get(0), rest, options, folder);
        arguments.check();
        return arguments;
    }

    /** Refuses options that the verb does not have, and words it would not look at. */
    private void check() {
        Set<String> known = OF_VERBS.get(verb);
        if (known == null) {
            return;
        }
        boolean asks = verb.equals("eval") || verb.equals("explain");
        boolean writes = verb.equals("fmt") || verb.equals("sign") || verb.equals("conformance");
        for (String option : options.keySet()) {
            if (!known.contains(option)
                    && !(asks && OF_DATA.contains(option))
                    && !(!writes && OF_BUNDLES.contains(option))) {
                throw new IllegalArgumentException(
                        "`rego " + verb + "` has no option `" + option + "`; `rego help` says what it takes");
            }
        }
        boolean one = asks || verb.equals("sign") || verb.equals("conformance");
        if (one && rest.size() > 1) {
            throw new IllegalArgumentException("`rego " + verb + "` takes one thing, and does not know what `"
                    + rest.get(1) + "` is" + (asks ? "; files are named with -d" : ""));
        }
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

    /** The files and folders named, at least one. */
    List<Path> paths() {
        path(0);
        return rest.stream().map(folder::resolve).toList();
    }
}
