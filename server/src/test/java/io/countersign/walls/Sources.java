package io.countersign.walls;

import io.countersign.walls.HouseMap.Arrow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The source files of the house, read as text: the one view that sees all modules at once. */
record Sources(List<Source> files) {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.countersign\\.([a-z.]+);");
    private static final Pattern MENTION = Pattern.compile("\\bio\\.countersign\\.([a-z.]+)\\.[A-Z]\\w*");
    private static final List<String> BAD_ENDINGS = List.of("Impl", "Util", "Utils", "Helper", "Manager");
    private static final List<String> BAD_BEGINNINGS = List.of("Abstract", "Base");

    /** One file: its package beneath io.countersign, the name of its class, and its text. */
    record Source(String room, String name, String text) {

        boolean isClass() {
            return !name.equals("package-info");
        }
    }

    /** The main sources of every module beneath the repository's root. */
    static Sources beneath(Path root) {
        try (Stream<Path> modules = Files.list(root)) {
            List<Source> files = new ArrayList<>();
            for (Path module : modules.sorted().toList()) {
                Path java = module.resolve("src/main/java");
                if (Files.isDirectory(java)) {
                    files.addAll(read(java));
                }
            }
            return new Sources(files);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Source> read(Path java) throws IOException {
        List<Source> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(java)) {
            for (Path path : paths.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                files.add(source(path.getFileName().toString().replace(".java", ""), Files.readString(path)));
            }
        }
        return files;
    }

    static Source source(String name, String text) {
        Matcher matcher = PACKAGE.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException(name + " is in no package of ours");
        }
        return new Source(matcher.group(1), name, text);
    }

    Set<String> packages() {
        return files.stream().filter(Source::isClass).map(Source::room).collect(Collectors.toSet());
    }

    /** Every mention of a package of ours, in an import or in full. */
    List<Arrow> arrows() {
        List<Arrow> arrows = new ArrayList<>();
        for (Source file : files) {
            Matcher mention = MENTION.matcher(file.text());
            while (mention.find()) {
                arrows.add(new Arrow(file.room(), mention.group(1), file.name()));
            }
        }
        return arrows;
    }

    /** Which classes of these modules name something that begins so, in an import or in full. */
    Set<String> naming(List<String> beginnings, Set<String> modules) {
        return within(modules)
                .filter(file -> beginnings.stream().anyMatch(beginning -> names(file.text(), beginning)))
                .map(Source::name)
                .collect(Collectors.toSet());
    }

    /** Which classes of these modules have this in their text, in the order of the files. */
    List<String> mentioning(String part, Set<String> modules) {
        return within(modules)
                .filter(file -> file.text().contains(part))
                .map(Source::name)
                .toList();
    }

    private Stream<Source> within(Set<String> modules) {
        return files.stream().filter(file -> modules.contains(file.room().replaceFirst("\\..*", "")));
    }

    private static boolean names(String text, String beginning) {
        String all = beginning.substring(0, beginning.lastIndexOf('.')) + ".*;";
        return text.contains(beginning) || text.contains("import " + all);
    }

    /** Class names that say nothing, and names that two classes share. */
    List<String> badNames() {
        List<String> complaints = new ArrayList<>();
        Map<String, List<String>> rooms = new TreeMap<>();
        for (Source file : files) {
            if (!file.isClass()) {
                continue;
            }
            rooms.computeIfAbsent(file.name(), name -> new ArrayList<>()).add(file.room());
            if (BAD_ENDINGS.stream().anyMatch(file.name()::endsWith)
                    || BAD_BEGINNINGS.stream().anyMatch(file.name()::startsWith)) {
                complaints.add("the name " + file.name() + " says nothing");
            }
        }
        rooms.forEach((name, all) -> {
            if (all.size() > 1) {
                complaints.add("the name " + name + " is used in " + String.join(" and ", all));
            }
        });
        return complaints;
    }

    /** Packages that do not say that nothing in them is null. */
    List<String> unmarkedPackages() {
        Set<String> marked = files.stream()
                .filter(file -> !file.isClass() && file.text().contains("@NullMarked"))
                .map(Source::room)
                .collect(Collectors.toSet());
        return packages().stream()
                .filter(room -> !marked.contains(room))
                .sorted()
                .toList();
    }
}
