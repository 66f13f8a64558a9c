package io.countersign.cli.declaration;

import io.countersign.cli.command.CommandFailure;
import io.countersign.cli.command.ExitCode;
import io.countersign.cli.command.Surroundings;
import io.countersign.core.declaration.DeclarationFault;
import io.countersign.core.declaration.DeclarationReader;
import io.countersign.core.declaration.DeclarationText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The documents of a declaration as they stand in files, and what is wrong with them where. */
final class DeclarationFiles {

    private static final int LARGEST = 32 * 1024 * 1024;

    private final List<YamlTree> documents = new ArrayList<>();
    private final List<FilePlace.Complaint> complaints = new ArrayList<>();
    private long bytes;

    private DeclarationFiles() {}

    /** Reads files, every YAML file in and below folders, and standard input for {@code -}. */
    static DeclarationFiles read(List<String> names, Surroundings surroundings) {
        DeclarationFiles files = new DeclarationFiles();
        try {
            for (String name : names) {
                Path path = surroundings.workingFolder().resolve(name);
                if (name.equals("-")) {
                    files.add("standard input", surroundings.in().readNBytes(LARGEST + 1));
                } else if (Files.isDirectory(path)) {
                    files.folder(name, path);
                } else {
                    files.file(name, path);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files;
    }

    private void folder(String name, Path folder) throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.filter(DeclarationFiles::isYaml)
                    .filter(path -> !isHidden(folder.relativize(path)))
                    .sorted()
                    .toList();
        }
        if (found.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "there is no YAML file in `" + name + "`", "name a file, or another folder");
        }
        for (Path path : found) {
            file(Path.of(name).resolve(folder.relativize(path)).toString(), path);
        }
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }

    /** Such as the workflows of a forge, which are YAML and no declarations. */
    private static boolean isHidden(Path path) {
        for (Path segment : path) {
            if (segment.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private void file(String name, Path path) throws IOException {
        add(name, Files.size(path) > LARGEST ? new byte[LARGEST + 1] : Files.readAllBytes(path));
    }

    private void add(String name, byte[] content) {
        bytes += content.length;
        if (bytes > LARGEST) {
            complain(new FilePlace(name, 0, 0), "too-large", "the files are larger than 32 MB together");
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            documents.addAll(YamlTree.read(name, text));
        } catch (CharacterCodingException noText) {
            complain(new FilePlace(name, 0, 0), "no-utf-8", "this is no text in UTF-8");
        } catch (BadYaml bad) {
            complaints.add(bad.complaint());
        }
    }

    private void complain(FilePlace spot, String code, String sentence) {
        complaints.add(new FilePlace.Complaint(spot, code, sentence, null));
    }

    /** The documents as plain trees. */
    List<@Nullable Object> trees() {
        List<@Nullable Object> trees = new ArrayList<>();
        documents.forEach(document -> trees.add(document.tree()));
        return trees;
    }

    /** What they say; every fault that can be found without a server is among {@link #complaints}. */
    DeclarationText text() {
        DeclarationText text = DeclarationReader.read(trees());
        text.faults().forEach(fault -> complaints.add(complaint(fault)));
        return text;
    }

    /** What is wrong so far. */
    List<FilePlace.Complaint> complaints() {
        return List.copyOf(complaints);
    }

    FilePlace.Complaint complaint(DeclarationFault fault) {
        String elsewhere = fault.elsewhere();
        return new FilePlace.Complaint(
                spot(fault.pointer()), fault.code(), fault.sentence(), elsewhere == null ? null : spot(elsewhere));
    }

    /** Where something stands, its pointer counting the documents. */
    FilePlace spot(String pointer) {
        String[] halves = pointer.substring(Math.min(1, pointer.length())).split("/", 2);
        int number = halves[0].matches("[0-9]{1,6}") ? Integer.parseInt(halves[0]) : -1;
        if (number < 0 || number >= documents.size()) {
            return new FilePlace("the declaration", 0, 0);
        }
        return documents.get(number).spot(halves.length == 1 ? "" : "/" + halves[1]);
    }

    /** The same for the name of a field as the server tells it: {@code documents[0].people[3].name}. */
    FilePlace spotOfField(String field) {
        return spot(field.replaceFirst("^documents", "")
                .replace("[", "/")
                .replace("]", "")
                .replace('.', '/'));
    }
}
