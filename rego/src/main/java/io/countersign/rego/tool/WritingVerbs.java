package io.countersign.rego.tool;

import io.countersign.rego.syntax.ParserOptions;
import io.countersign.rego.syntax.RegoFormatter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The verbs that write files: formatting and signing. */
final class WritingVerbs {

    private WritingVerbs() {}

    /** Formats: to the terminal, or with `-w` into the files; `--check` only says which files would change. */
    static int format(Arguments arguments, ParserOptions language, PrintStream out) throws IOException {
        boolean check = arguments.has("--check") || arguments.has("--fail");
        boolean list = check || arguments.has("-l") || arguments.has("--list");
        boolean write = arguments.has("-w") || arguments.has("--write");
        arguments.path(0);
        int changed = 0;
        for (Path file : sources(arguments.paths())) {
            String before = Files.readString(file);
            String after = RegoFormatter.format(shown(arguments, file), before, language);
            boolean other = !after.equals(before);
            changed += other ? 1 : 0;
            if (list && other) {
                out.println(shown(arguments, file));
            }
            if (write && other) {
                Files.writeString(file, after);
            }
            if (!write && !list) {
                out.print(after);
            }
        }
        return check && changed > 0 ? 1 : 0;
    }

    private static String shown(Arguments arguments, Path file) {
        return file.startsWith(arguments.folder())
                ? arguments.folder().relativize(file).toString()
                : file.toString();
    }

    private static List<Path> sources(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> found = Files.walk(path)) {
                found.filter(file -> file.toString().endsWith(".rego")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** Signs the folder of a bundle: writes `.signatures.json` into it. */
    static int sign(Arguments arguments, PrintStream out) throws IOException {
        Path bundle = arguments.path(0);
        String key = arguments.value("--signing-key");
        if (key == null || !Files.isDirectory(bundle)) {
            throw new IllegalArgumentException("`rego sign` needs the folder of a bundle and --signing-key FILE");
        }
        String algorithm = arguments.value("--signing-alg");
        String scope = arguments.value("--scope");
        Map<String, byte[]> files = PolicyFiles.contents(bundle, true);
        String signatures = BundleSignatures.sign(
                files, keyText(arguments, key), algorithm == null ? "RS256" : algorithm, scope == null ? "" : scope);
        Files.writeString(bundle.resolve(BundleSignatures.FILE), signatures, StandardCharsets.UTF_8);
        out.println((files.size() - (files.containsKey(BundleSignatures.FILE) ? 1 : 0)) + " files signed");
        return 0;
    }

    /** The content of a file, or the word itself if there is no such file. */
    static String keyText(Arguments arguments, String word) throws IOException {
        Path file = arguments.folder().resolve(word);
        return Files.isRegularFile(file) ? Files.readString(file).strip() : word;
    }
}
