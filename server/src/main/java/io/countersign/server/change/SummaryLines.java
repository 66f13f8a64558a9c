package io.countersign.server.change;

import io.countersign.server.change.ChangeView.Brief;
import io.countersign.server.change.GitPatch.Block;
import io.countersign.server.change.GitPatch.FilePatch;
import io.countersign.server.change.GitPatch.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gathers the change in one line: which values become which. */
final class SummaryLines {

    private static final int MOST = 8;
    private static final int MOST_CHARACTERS = 80;
    private static final int LONGEST_LINE = 1_000;

    /** A name and its value, as YAML, JSON, properties and variables write them. */
    private static final Pattern PAIR =
            Pattern.compile("\\s*(?:- )?(?:export )?[\"']?([\\w./-]{1,100})[\"']?\\s*[:=]\\s*(\\S.*)");

    private final List<Brief> briefs = new ArrayList<>();
    private int more;

    List<Brief> briefs() {
        return List.copyOf(briefs);
    }

    int more() {
        return more;
    }

    void add(String label, @Nullable String from, @Nullable String to) {
        if (briefs.size() < MOST) {
            briefs.add(new Brief(brief(label), from == null ? null : brief(from), to == null ? null : brief(to)));
        } else {
            more++;
        }
    }

    /** The start of it: what is left out here stands in full below. */
    private String brief(String value) {
        VisibleText visible =
                VisibleText.of(value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value);
        return value.length() > MOST_CHARACTERS ? visible.text() + "…" : visible.text();
    }

    /** The lines of a patch that give a name another value. */
    void ofPatch(FilePatch file) {
        for (Block block : file.blocks()) {
            List<Row> rows = block.rows();
            int at = 0;
            String above = "";
            while (at < rows.size()) {
                int removed = run(rows, at, ChangeLine.REMOVED);
                int added = run(rows, removed, ChangeLine.ADDED);
                ofLines(texts(rows, at, removed), texts(rows, removed, added), above);
                at = Math.max(added, at + 1);
                above = rows.get(at - 1).text();
            }
        }
    }

    private static List<String> texts(List<Row> rows, int from, int to) {
        return rows.subList(from, to).stream().map(Row::text).toList();
    }

    /** Lines that replace as many others, and the line above them. */
    void ofLines(List<String> before, List<String> after, String above) {
        if (before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                pair(before.get(i), after.get(i), i == 0 ? above : before.get(i - 1));
            }
        }
    }

    private void pair(String before, String after, String lineAbove) {
        if (before.length() > LONGEST_LINE || after.length() > LONGEST_LINE) {
            return;
        }
        Matcher old = PAIR.matcher(before);
        Matcher young = PAIR.matcher(after);
        if (old.matches() && young.matches() && old.group(1).equals(young.group(1))) {
            String from = value(old.group(2));
            String to = value(young.group(2));
            if (!from.equals(to)) {
                int same = sharedStart(from, to);
                add(label(old.group(1), lineAbove), from.substring(same), to.substring(same));
            }
        }
    }

    /** What YAML calls only {@code value} is called as the line above names it. */
    private static String label(String name, String lineAbove) {
        Matcher above = PAIR.matcher(lineAbove);
        return name.equals("value")
                        && lineAbove.length() <= LONGEST_LINE
                        && above.matches()
                        && above.group(1).equals("name")
                ? value(above.group(2))
                : name;
    }

    private static String value(String written) {
        String value = written.strip();
        if (value.endsWith(",")) {
            value = value.substring(0, value.length() - 1).strip();
        }
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /** The length of an image's name that both share, so that only the tags are left. */
    private static int sharedStart(String from, String to) {
        int tag = from.lastIndexOf(':');
        int digest = from.lastIndexOf('@');
        int end = Math.max(from.indexOf('/') >= 0 ? tag : -1, digest) + 1;
        boolean shared = end > 0 && end < from.length() && to.length() > end && to.startsWith(from.substring(0, end));
        return shared && !from.contains("://") ? end : 0;
    }

    private static int run(List<Row> rows, int from, String kind) {
        int at = from;
        while (at < rows.size() && rows.get(at).kind().equals(kind)) {
            at++;
        }
        return at;
    }
}
