package io.countersign.server.change;

import io.countersign.server.change.CommandContent.File;
import io.countersign.server.change.CommandContent.Folder;
import io.countersign.server.change.CommandContent.Interpreter;
import io.countersign.server.change.CommandContent.Program;
import io.countersign.server.change.CommandContent.Variable;
import io.countersign.server.change.CommandContent.Word;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Renders the manifest of a command, and of the Terraform plan that it applies. */
final class CommandRendering {

    static final String MEDIA_TYPE = "application/vnd.countersign.command+json";
    private static final String KIND = "countersign.command/v1";
    private static final Set<String> FACTS = Set.of("mode", "size", "sha256", "path");
    private static final Set<String> FIELDS = Set.of(
            "kind", "executable", "arguments", "environment", "secretEnvironment", "files", "folder", "notBound");
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private final Sheet sheet;
    private final SummaryLines summary;
    private final JsonPart manifest;

    private CommandRendering(Sheet sheet, SummaryLines summary, JsonPart manifest) {
        this.sheet = sheet;
        this.summary = summary;
        this.manifest = manifest;
    }

    /** Renders the manifest; nothing where it is none, or says anything besides. */
    static Optional<ChangeContent> of(JsonPart manifest, Sheet sheet, SummaryLines summary) {
        if (!understands(manifest)) {
            return Optional.empty();
        }
        CommandRendering rendering = new CommandRendering(sheet, summary, manifest);
        JsonPart plan = manifest.at("terraform");
        if (plan == null) {
            return Optional.of(rendering.command());
        }
        TerraformRendering terraform = new TerraformRendering(sheet, summary);
        TerraformContent content = terraform.of(plan);
        return Optional.of(content.with(rendering.planFile(), rendering.command()));
    }

    private static boolean understands(JsonPart manifest) {
        return manifest.text("kind").equals(KIND)
                && knows(manifest, FIELDS, "terraform")
                && knows(manifest.at("executable"), FACTS, "asked", "name", "copied", "interpreters", "text")
                && knows(manifest.at("folder"), Set.of("path", "private"))
                && knows(manifest.at("environment"), names(manifest.members("environment")))
                && manifest.texts("secretEnvironment") != null
                && manifest.texts("notBound") != null
                && manifest.list("executable", "interpreters").stream()
                        .allMatch(reader -> knows(reader, Set.of("path", "sha256")))
                && manifest.list("files").stream().allMatch(file -> knows(file, FACTS, "copy", "text", "base64"))
                && manifest.list("arguments").stream().allMatch(word -> isWord(word, manifest.list("files")));
    }

    /** A word as it is, or one that ends with the name of a file: in its place the copy's path will stand behind the prefix. */
    private static boolean isWord(JsonPart argument, List<JsonPart> files) {
        if (argument.at("file") == null) {
            return knows(argument, Set.of("word"));
        }
        long file = argument.number("file");
        return knows(argument, Set.of("word", "file", "prefix"))
                && argument.at("file") instanceof Scalar written
                && written.written().equals(Long.toString(file))
                && file >= 0
                && file < files.size()
                && argument.text("word").startsWith(argument.text("prefix"));
    }

    /** Whether it is an object with all of these names and none but these and the further ones, each of a plain value. */
    private static boolean knows(@Nullable JsonPart part, Set<String> names, String... further) {
        Set<String> all = new HashSet<>(names);
        all.addAll(List.of(further));
        return part instanceof Members members
                && members.hasOnly(all)
                && names.stream().allMatch(name -> members.get(name) != null)
                && members.all().stream()
                        .allMatch(member -> member.value() instanceof Scalar
                                || LISTS.contains(member.name().text()));
    }

    private static final Set<String> LISTS = Set.of(
            "executable",
            "arguments",
            "environment",
            "secretEnvironment",
            "files",
            "folder",
            "notBound",
            "terraform",
            "interpreters");

    private static Set<String> names(List<JsonPart.Member> members) {
        Set<String> names = new HashSet<>();
        members.forEach(member -> names.add(member.name().text()));
        return names;
    }

    private CommandContent command() {
        List<Word> words = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        word(manifest.text("executable", "asked"), null, words, line);
        for (JsonPart argument : manifest.list("arguments")) {
            word(argument.text("word"), file(argument), words, line);
        }
        if (manifest.at("terraform") == null) {
            summary.add("runs", null, line.toString());
        }
        return new CommandContent(
                "command",
                Sheet.glimpse(line.toString()),
                words,
                program(),
                environment(),
                rows(manifest.list("secretEnvironment")),
                new Folder(sheet.word(manifest.text("folder", "path")), manifest.isTrue("folder", "private")),
                files(),
                rows(manifest.list("notBound")));
    }

    private void word(String text, @Nullable String file, List<Word> into, StringBuilder line) {
        line.append(line.isEmpty() ? "" : " ").append(quoted(text));
        String shown = sheet.word(text);
        if (sheet.row(shown)) {
            into.add(new Word(shown, sheet.wordOrNone(file)));
        }
    }

    /** As it would be typed. */
    private static String quoted(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private @Nullable String file(JsonPart argument) {
        List<JsonPart> files = manifest.list("files");
        return argument.at("file") == null
                ? null
                : files.get((int) argument.number("file")).text("path");
    }

    private Program program() {
        JsonPart program = manifest.at("executable");
        if (program == null) {
            throw new IllegalStateException("it was seen to be there");
        }
        List<Interpreter> readers = new ArrayList<>();
        for (JsonPart reader : program.list("interpreters")) {
            Interpreter read = new Interpreter(sheet.word(reader.text("path")), sheet.word(reader.text("sha256")));
            if (sheet.row(read.path(), read.sha256())) {
                readers.add(read);
            }
        }
        return new Program(
                sheet.word(program.text("asked")),
                sheet.word(program.text("name")),
                sheet.word(program.text("path")),
                sheet.word(program.text("mode")),
                program.number("size"),
                sheet.word(program.text("sha256")),
                program.isTrue("copied"),
                readers,
                text(program));
    }

    private List<Variable> environment() {
        List<Variable> variables = new ArrayList<>();
        for (JsonPart.Member variable : manifest.members("environment")) {
            String name = sheet.word(variable.name().text());
            String value = sheet.word(variable.value() instanceof Scalar scalar ? scalar.text() : "");
            if (sheet.row(name, value)) {
                variables.add(new Variable(name, value));
            }
        }
        return variables;
    }

    private List<String> rows(List<JsonPart> texts) {
        List<String> rows = new ArrayList<>();
        for (JsonPart text : texts) {
            String shown = sheet.word(text.text());
            if (sheet.row(shown)) {
                rows.add(shown);
            }
        }
        return rows;
    }

    private List<File> files() {
        List<File> files = new ArrayList<>();
        for (JsonPart file : manifest.list("files")) {
            String path = sheet.word(file.text("path"));
            boolean here = sheet.row(path);
            List<ChangeLine> text = text(file);
            if (file.at("base64") instanceof Scalar bytes) {
                sheet.fold(Folds.of(
                        "the bytes of " + path + ", in base64", bytes.written().getBytes(StandardCharsets.UTF_8)));
            }
            if (here || !text.isEmpty()) {
                files.add(new File(
                        path,
                        sheet.word(file.text("copy")),
                        sheet.word(file.text("mode")),
                        file.number("size"),
                        sheet.word(file.text("sha256")),
                        file.at("text") != null ? "text" : file.at("base64") != null ? "named" : "hash",
                        text));
            }
        }
        return files;
    }

    /** The lines of a file, and a warning where they are not those that its hash is of. */
    private List<ChangeLine> text(JsonPart file) {
        if (!(file.at("text") instanceof Scalar text)) {
            return List.of();
        }
        String sha256 = Folds.sha256(text.truth().getBytes(StandardCharsets.UTF_8));
        if (!sha256.equals(file.text("sha256"))) {
            sheet.remark("the text of " + sheet.word(file.text("path"))
                    + " is not what its SHA-256 is of: what runs is another file than the one shown");
        }
        return sheet.text(ChangeLine.CONTEXT, text.text());
    }

    /** The file of the plan: what the last word of the command stands for. */
    private TerraformContent.@Nullable PlanFile planFile() {
        List<JsonPart> arguments = manifest.list("arguments");
        List<JsonPart> files = manifest.list("files");
        if (arguments.isEmpty() || arguments.getLast().at("file") == null) {
            return null;
        }
        long number = arguments.getLast().number("file");
        if (number < 0 || number >= files.size()) {
            return null;
        }
        JsonPart file = files.get((int) number);
        return new TerraformContent.PlanFile(
                sheet.word(file.text("path")), file.number("size"), sheet.word(file.text("sha256")));
    }
}
