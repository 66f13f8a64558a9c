package io.countersign.server.change;

import io.countersign.server.change.DiffContent.File;
import io.countersign.server.change.DiffContent.Hunk;
import io.countersign.server.change.DiffContent.Push;
import io.countersign.server.change.GitPatch.Block;
import io.countersign.server.change.GitPatch.FilePatch;
import io.countersign.server.change.GitPatch.Row;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renders patches: those of a push, and patches alone. */
final class DiffRendering {

    static final String PUSH_TYPE = "application/vnd.countersign.git-push+json";
    static final String PUSH_KIND = "countersign.git-push/v1";
    private static final Set<String> FIELDS =
            Set.of("kind", "repository", "ref", "change", "oldId", "newId", "newCommit", "diff");

    private final Sheet sheet;
    private final SummaryLines summary;

    DiffRendering(Sheet sheet, SummaryLines summary) {
        this.sheet = sheet;
        this.summary = summary;
    }

    /** Renders the document of a push; nothing where it is none, or says anything besides. */
    Optional<ChangeContent> push(JsonPart document) {
        boolean known = document instanceof Members members
                && members.hasOnly(FIELDS)
                && members.all().size() == FIELDS.size()
                && document.text("kind").equals(PUSH_KIND)
                && members.all().stream()
                        .allMatch(member -> member.name().text().equals("diff") || isText(member.value()));
        List<String> lines = known ? lines(document) : null;
        if (lines == null) {
            return Optional.empty();
        }
        String commit = document.text("newCommit");
        Push push = new Push(
                sheet.word(document.text("repository")),
                sheet.word(document.text("ref")),
                sheet.word(document.text("change")),
                sheet.word(document.text("oldId")),
                sheet.word(document.text("newId")),
                commit.isEmpty() || commit.equals(document.text("newId")) ? null : sheet.word(commit));
        return Optional.of(patch(push, lines));
    }

    private static boolean isText(JsonPart part) {
        return part instanceof Scalar scalar && scalar.form() == Form.TEXT;
    }

    /** The lines of the patch of a push; nothing where they are none. */
    static @Nullable List<String> lines(JsonPart document) {
        if (!(document.at("diff") instanceof JsonPart.Elements elements)) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        for (JsonPart line : elements.all()) {
            if (isText(line)) {
                lines.add(line.text());
            } else if (line instanceof Members members && members.hasOnly(Set.of("base64")) && isText64(line)) {
                lines.add(bytes(line.text("base64")));
            } else {
                return null;
            }
        }
        return lines;
    }

    private static boolean isText64(JsonPart line) {
        JsonPart value = line.at("base64");
        return value != null && isText(value);
    }

    /** A line that is no UTF-8; where what encodes it is covered, that. */
    private static String bytes(String base64) {
        try {
            return Utf8.text(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException covered) {
            return base64;
        }
    }

    /** Renders a patch of these lines. */
    DiffContent patch(@Nullable Push push, List<String> lines) {
        GitPatch patch = GitPatch.of(lines);
        List<ChangeLine> preamble = new ArrayList<>();
        patch.preamble().forEach(line -> sheet.line(ChangeLine.NOTE, null, null, line, preamble));
        List<File> files = new ArrayList<>();
        for (FilePatch file : patch.files()) {
            file(file, files);
            summary.ofPatch(file);
        }
        return new DiffContent(
                "diff",
                push,
                count(patch, "added"),
                patch.files().size() - count(patch, "added") - count(patch, "removed"),
                count(patch, "removed"),
                patch.files().stream()
                        .mapToInt(file -> file.count(ChangeLine.ADDED))
                        .sum(),
                patch.files().stream()
                        .mapToInt(file -> file.count(ChangeLine.REMOVED))
                        .sum(),
                preamble,
                files);
    }

    private static int count(GitPatch patch, String status) {
        return (int) patch.files().stream()
                .filter(file -> file.status().equals(status))
                .count();
    }

    private void file(FilePatch file, List<File> into) {
        String path = sheet.word(file.path());
        String former = sheet.wordOrNone(file.formerPath());
        boolean here = sheet.row(path, former);
        List<ChangeLine> header = new ArrayList<>();
        file.header().forEach(line -> sheet.line(ChangeLine.NOTE, null, null, line, header));
        List<Hunk> hunks = new ArrayList<>();
        file.blocks().forEach(block -> hunk(block, hunks));
        if (!file.encoded().isEmpty()) {
            byte[] encoded = String.join("\n", file.encoded()).getBytes(StandardCharsets.UTF_8);
            sheet.fold(Folds.of("the binary patch of " + path, encoded));
        }
        if (here || !header.isEmpty() || !hunks.isEmpty()) {
            into.add(new File(
                    path,
                    former,
                    file.status(),
                    sheet.wordOrNone(file.oldMode()),
                    sheet.wordOrNone(file.newMode()),
                    file.count(ChangeLine.ADDED),
                    file.count(ChangeLine.REMOVED),
                    file.isBinary(),
                    KubernetesGlance.at(file),
                    header,
                    hunks));
        }
    }

    private void hunk(Block block, List<Hunk> into) {
        String section = sheet.word(block.section());
        boolean here = sheet.row(section);
        List<ChangeLine> lines = new ArrayList<>();
        for (Row row : block.rows()) {
            sheet.line(row.kind(), numberOrNone(row.oldLine()), numberOrNone(row.newLine()), row.text(), lines);
        }
        LineDifference.mark(lines);
        if (here || !lines.isEmpty()) {
            into.add(new Hunk(block.oldStart(), block.oldLines(), block.newStart(), block.newLines(), section, lines));
        }
    }

    private static @Nullable Integer numberOrNone(int number) {
        return number == 0 ? null : number;
    }
}
