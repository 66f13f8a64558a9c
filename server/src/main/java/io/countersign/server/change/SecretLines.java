package io.countersign.server.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds in lines of YAML the values that Secrets of Kubernetes hold. The lines may be those of a file, of a patch, or of a
 * text within JSON, where quotes are written with a backslash.
 */
final class SecretLines {

    /** From one character to before another. */
    record Range(int from, int to) {}

    private static final String MARKS = "[\\\\\"']*+";
    private static final Pattern KIND = Pattern.compile(
            "\\s*+(?:- )?" + MARKS + "kind" + MARKS + "\\s*+:\\s*+" + MARKS + "(\\w++)" + MARKS + "\\s*+(?:#.*)?");
    private static final Pattern DATA = Pattern.compile("(\\s*+)(?:- )?" + MARKS
            + "(?:data|stringData|kubectl\\.kubernetes\\.io/last-applied-configuration)" + MARKS + "\\s*+:\\s*+(.*)");
    private static final Pattern VALUE = Pattern.compile("\\s*+[^\\s:#][^:]*+:\\s*+(.*)");
    private static final Pattern ENCODED =
            Pattern.compile("\\s++[^\\s:#][^:]*+:\\s*+" + MARKS + "([A-Za-z0-9+/]{8,}={0,2})" + MARKS + "\\s*+");

    private final String text;
    private final boolean patch;
    private final List<Range> found = new ArrayList<>();

    private SecretLines(String text, boolean patch) {
        this.text = text;
        this.patch = patch;
    }

    /**
     * The values in these lines of the text.
     *
     * @param patch whether each line begins with the sign of a patch
     */
    static List<Range> in(String text, List<Range> lines, boolean patch) {
        SecretLines secrets = new SecretLines(text, patch);
        int from = 0;
        for (int at = 0; at <= lines.size(); at++) {
            if (at == lines.size() || (at > from && secrets.begins(lines.get(at)))) {
                secrets.document(lines.subList(from, at));
                from = at;
            }
        }
        return secrets.found;
    }

    /** Whether a document, or a file of a patch, begins with this line. */
    private boolean begins(Range line) {
        return starts(line, "diff --git ") || (body(line).startsWith("---") && !starts(line, "--- "));
    }

    private boolean starts(Range line, String with) {
        return text.startsWith(with, line.from()) && line.from() + with.length() <= line.to();
    }

    private String body(Range line) {
        return text.substring(Math.min(line.to(), line.from() + (patch ? 1 : 0)), line.to());
    }

    private void document(List<Range> lines) {
        String kind = "";
        boolean named = false;
        for (Range line : lines) {
            Matcher matcher = KIND.matcher(body(line));
            kind = kind.isEmpty() && matcher.matches() ? matcher.group(1) : kind;
            kind = matcher.matches() && matcher.group(1).equals("Secret") ? "Secret" : kind;
            named |= starts(line, "diff --git ")
                    && text.substring(line.from(), line.to())
                            .toLowerCase(Locale.ROOT)
                            .contains("secret");
        }
        if (kind.equals("Secret") || (kind.isEmpty() && named)) {
            values(lines);
        }
    }

    private void values(List<Range> lines) {
        int within = -1; // how far the name of the block that we are in is indented
        boolean unsure = false; // whether a patch begins somewhere in the middle
        for (Range line : lines) {
            String body = body(line);
            int indent = body.length() - body.stripLeading().length();
            int start = line.to() - body.length();
            Matcher data = DATA.matcher(body);
            if (patch && starts(line, "@@ ")) {
                within = -1;
                unsure = true;
            } else if (data.matches()) {
                within = indent;
                unsure = false;
                cover(start + data.start(2), line.to());
            } else if (within >= 0 && (indent > within || body.isBlank())) {
                Matcher value = VALUE.matcher(body);
                cover(start + (value.matches() ? value.start(1) : indent), line.to());
            } else if (!body.isBlank()) {
                within = -1;
                unsure &= indent > 0;
                Matcher encoded = ENCODED.matcher(body);
                if (unsure && encoded.matches()) {
                    cover(start + encoded.start(1), start + encoded.end(1));
                }
            }
        }
    }

    /** The letters of a value; not its quotes, its brackets, or the sign that its lines follow. */
    private void cover(int from, int to) {
        if (from >= to || "|>".indexOf(text.charAt(from)) >= 0) {
            return;
        }
        int run = -1;
        for (int at = from; at <= to; at++) {
            boolean stays = at == to || "\"'\\{}, \t\r".indexOf(text.charAt(at)) >= 0;
            if (stays && run >= 0) {
                found.add(new Range(run, at));
                run = -1;
            } else if (!stays && run < 0) {
                run = at;
            }
            if (at < to && text.charAt(at) == '\\') {
                at += text.startsWith("u", at + 1) ? 5 : 1;
            }
        }
    }
}
