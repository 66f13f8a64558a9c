package io.countersign.server.change;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A patch as git and diff write them. Every line of it is in exactly one place of what comes out, whether it is understood
 * or not.
 */
final class GitPatch {

    private static final Pattern HUNK =
            Pattern.compile("@@ -(\\d{1,9})(?:,(\\d{1,9}))? \\+(\\d{1,9})(?:,(\\d{1,9}))? @@ ?(.*)", Pattern.DOTALL);
    private static final String GIT = "diff --git ";
    private static final String BINARY = "GIT binary patch";
    private static final String NOWHERE = "/dev/null";

    /** One line within a hunk, without its sign; 0 where it has no number. */
    record Row(String kind, int oldLine, int newLine, String text) {}

    /** Lines that stand together. */
    record Block(int oldStart, int oldLines, int newStart, int newLines, String section, List<Row> rows) {}

    /** One file, with the lines that speak about it in {@code header}, and those that encode its bytes. */
    static final class FilePatch {

        private final List<String> header = new ArrayList<>();
        private final List<Block> blocks = new ArrayList<>();
        private final List<String> encoded = new ArrayList<>();
        private String oldPath = "";
        private String newPath = "";
        private String status = "changed";
        private @Nullable String oldMode;
        private @Nullable String newMode;

        List<String> header() {
            return header;
        }

        List<Block> blocks() {
            return blocks;
        }

        List<String> encoded() {
            return encoded;
        }

        String path() {
            return status.equals("removed") || newPath.isEmpty() ? oldPath : newPath;
        }

        @Nullable
        String formerPath() {
            return oldPath.isEmpty() || oldPath.equals(path()) ? null : oldPath;
        }

        String status() {
            return status;
        }

        @Nullable
        String oldMode() {
            return oldMode;
        }

        @Nullable
        String newMode() {
            return newMode;
        }

        boolean isBinary() {
            return !encoded.isEmpty() || header.stream().anyMatch(line -> line.startsWith("Binary files "));
        }

        int count(String kind) {
            return blocks.stream()
                    .mapToInt(block -> (int) block.rows().stream()
                            .filter(row -> row.kind().equals(kind))
                            .count())
                    .sum();
        }
    }

    private final List<String> lines;
    private final List<String> preamble = new ArrayList<>();
    private final List<FilePatch> files = new ArrayList<>();

    private GitPatch(List<String> lines) {
        this.lines = lines;
    }

    static GitPatch of(List<String> lines) {
        GitPatch patch = new GitPatch(lines);
        patch.read();
        return patch;
    }

    /** Whether a text looks like a patch: it has a hunk below the names of its file. */
    static boolean seems(List<String> lines) {
        for (int at = 0; at < Math.min(lines.size(), 200); at++) {
            if (lines.get(at).startsWith(GIT)
                    || (at >= 2
                            && lines.get(at).startsWith("@@ -")
                            && lines.get(at - 1).startsWith("+++ ")
                            && lines.get(at - 2).startsWith("--- "))) {
                return true;
            }
        }
        return false;
    }

    List<String> preamble() {
        return preamble;
    }

    List<FilePatch> files() {
        return files;
    }

    private void read() {
        int at = 0;
        while (at < lines.size()) {
            at = beginsFile(at) ? file(at) : note(at);
        }
    }

    private int note(int at) {
        (files.isEmpty() ? preamble : files.getLast().header).add(lines.get(at));
        return at + 1;
    }

    private boolean beginsFile(int at) {
        String line = lines.get(at);
        return line.startsWith(GIT)
                || (line.startsWith("--- ")
                        && at + 1 < lines.size()
                        && lines.get(at + 1).startsWith("+++ "));
    }

    private int file(int from) {
        FilePatch file = new FilePatch();
        files.add(file);
        boolean git = lines.get(from).startsWith(GIT);
        if (git) {
            named(file, lines.get(from).substring(GIT.length()));
        }
        int at = from;
        boolean named = false;
        while (at < lines.size() && !(at > from && lines.get(at).startsWith(GIT))) {
            String line = lines.get(at);
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                at = block(file, hunk, at + 1);
            } else if (line.equals(BINARY)) {
                at = encoded(file, at);
            } else if (beginsFile(at) && at > from && (!git || named)) {
                return at;
            } else {
                named |= line.startsWith("+++ ");
                fact(file, line);
                file.header.add(line);
                at++;
            }
        }
        return at;
    }

    /** The two names behind {@code diff --git}; told apart only where they are the same, as they are without renames. */
    private static void named(FilePatch file, String names) {
        int half = names.length() / 2;
        if (names.length() % 2 == 1
                && names.charAt(half) == ' '
                && path(names.substring(0, half)).equals(path(names.substring(half + 1)))) {
            file.oldPath = path(names.substring(0, half));
            file.newPath = file.oldPath;
        }
    }

    private static void fact(FilePatch file, String line) {
        if (line.startsWith("--- ")) {
            String name = path(line.substring(4));
            if (name.equals(NOWHERE)) {
                file.status = "added";
            } else {
                file.oldPath = name;
            }
        } else if (line.startsWith("+++ ")) {
            String name = path(line.substring(4));
            if (name.equals(NOWHERE)) {
                file.status = "removed";
            } else {
                file.newPath = name;
            }
        } else if (line.startsWith("new file mode ")) {
            file.status = "added";
            file.newMode = line.substring(14);
        } else if (line.startsWith("deleted file mode ")) {
            file.status = "removed";
            file.oldMode = line.substring(18);
        } else if (line.startsWith("old mode ")) {
            file.oldMode = line.substring(9);
        } else if (line.startsWith("new mode ")) {
            file.newMode = line.substring(9);
        } else if (line.startsWith("rename from ") || line.startsWith("copy from ")) {
            file.status = line.startsWith("r") ? "renamed" : "copied";
            file.oldPath = unquoted(line.substring(line.indexOf(" from ") + 6));
        } else if (line.startsWith("rename to ") || line.startsWith("copy to ")) {
            file.newPath = unquoted(line.substring(line.indexOf(" to ") + 4));
        }
    }

    private int block(FilePatch file, Matcher hunk, int from) {
        int oldLine = number(hunk, 1);
        int newLine = number(hunk, 3);
        int oldLeft = number(hunk, 2);
        int newLeft = number(hunk, 4);
        List<Row> rows = new ArrayList<>();
        file.blocks.add(new Block(oldLine, oldLeft, newLine, newLeft, hunk.group(5), rows));
        int at = from;
        while (at < lines.size()) {
            String line = lines.get(at);
            char sign = line.isEmpty() ? ' ' : line.charAt(0);
            String text = line.isEmpty() ? "" : line.substring(1);
            if (sign == '\\') {
                rows.add(new Row(ChangeLine.NOTE, 0, 0, line));
            } else if (sign == '-' && oldLeft > 0) {
                rows.add(new Row(ChangeLine.REMOVED, oldLine++, 0, text));
                oldLeft--;
            } else if (sign == '+' && newLeft > 0) {
                rows.add(new Row(ChangeLine.ADDED, 0, newLine++, text));
                newLeft--;
            } else if (sign == ' ' && oldLeft > 0 && newLeft > 0) {
                rows.add(new Row(ChangeLine.CONTEXT, oldLine++, newLine++, text));
                oldLeft--;
                newLeft--;
            } else {
                return at;
            }
            at++;
        }
        return at;
    }

    private static int number(Matcher hunk, int group) {
        return hunk.group(group) == null ? 1 : Integer.parseInt(hunk.group(group));
    }

    /** The lines that encode bytes: until the next file. */
    private int encoded(FilePatch file, int from) {
        int at = from;
        while (at < lines.size() && !lines.get(at).startsWith(GIT)) {
            file.encoded.add(lines.get(at));
            at++;
        }
        return at;
    }

    /** A name without the letter git puts before it, and without what diff puts after it. */
    private static String path(String written) {
        String name = unquoted(written);
        int tab = name.indexOf('\t');
        String alone = tab < 0 || written.startsWith("\"") ? name : name.substring(0, tab);
        return alone.startsWith("a/") || alone.startsWith("b/") ? alone.substring(2) : alone;
    }

    /** A name that git put into quotes: its bytes are written as escapes of C. */
    private static String unquoted(String written) {
        if (written.length() < 2 || !written.startsWith("\"") || !written.endsWith("\"")) {
            return written;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String inner = written.substring(1, written.length() - 1);
        for (int at = 0; at < inner.length(); at++) {
            char letter = inner.charAt(at);
            if (letter != '\\' || at + 1 == inner.length()) {
                bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
                continue;
            }
            String octal = inner.substring(at + 1, Math.min(at + 4, inner.length()));
            if (octal.matches("[0-3][0-7]{2}")) {
                bytes.write(Integer.parseInt(octal, 8));
                at += 3;
            } else {
                int known = "abtnvfr".indexOf(inner.charAt(at + 1));
                bytes.write(known < 0 ? inner.charAt(at + 1) : 7 + known);
                at++;
            }
        }
        return Utf8.text(bytes.toByteArray());
    }
}
