package io.countersign.rego.value;

import java.util.regex.Pattern;

/** Writes values as YAML in block style, keys in order. */
public final class YamlWriter {

    private static final Pattern SPECIAL =
            Pattern.compile("(?i)|~|null|true|false|yes|no|on|off|y|n|[-+]?[.0-9].*|\\.inf|\\.nan|<<|=");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** The document of a value, with a line end. */
    public static String write(Value value) {
        YamlWriter writer = new YamlWriter();
        writer.value(value, 0, false);
        return writer.out.toString();
    }

    private void value(Value value, int depth, boolean afterDash) {
        switch (value) {
            case RegoObject object
            when object.size() > 0 -> {
                for (int i = 0; i < object.size(); i++) {
                    if (i > 0 || !afterDash) {
                        out.append("  ".repeat(depth));
                    }
                    Value key = object.keyAt(i);
                    out.append(scalar(key instanceof RegoString ? key : RegoString.of(key.toJson())))
                            .append(':');
                    child(object.valueAt(i), depth + 1);
                }
            }
            case RegoArray array when array.size() > 0 -> list(array, depth, afterDash);
            case RegoSet set when set.size() > 0 -> list(set, depth, afterDash);
            case RegoObject empty -> out.append("{}\n");
            case RegoArray empty -> out.append("[]\n");
            case RegoSet empty -> out.append("[]\n");
            case RegoString text when isBlock(text.value()) -> block(text.value(), Math.max(1, depth));
            default -> out.append(scalar(value)).append('\n');
        }
    }

    private static boolean isBlock(String text) {
        return text.contains("\n")
                && !text.startsWith(" ")
                && !text.startsWith("\n")
                && !text.endsWith("\n\n")
                && text.chars().allMatch(c -> c >= 0x20 || c == '\n');
    }

    private void block(String text, int depth) {
        boolean ended = text.endsWith("\n");
        out.append(ended ? "|\n" : "|-\n");
        for (String line : (ended ? text.substring(0, text.length() - 1) : text).split("\n", -1)) {
            out.append(line.isEmpty() ? "" : "  ".repeat(depth)).append(line).append('\n');
        }
    }

    private void list(Scanned items, int depth, boolean afterDash) {
        for (int i = 0; i < items.size(); i++) {
            if (i > 0 || !afterDash) {
                out.append("  ".repeat(depth));
            }
            out.append("- ");
            value(items.valueAt(i), depth + 1, true);
        }
    }

    private void child(Value value, int depth) {
        boolean block = (value instanceof RegoObject o && o.size() > 0);
        boolean listed = (value instanceof RegoArray a && a.size() > 0) || (value instanceof RegoSet s && s.size() > 0);
        out.append(block || listed ? "\n" : " ");
        value(value, listed ? depth - 1 : depth, false);
    }

    private static String scalar(Value value) {
        if (!(value instanceof RegoString text)) {
            return value.toString();
        }
        String s = text.value();
        if (s.chars().anyMatch(c -> c < 0x20)) {
            return value.toJson();
        }
        boolean quoted = SPECIAL.matcher(s).matches()
                || s.startsWith(" ")
                || s.endsWith(" ")
                || s.contains(": ")
                || s.contains(" #")
                || s.endsWith(":")
                || (!s.isEmpty() && "-?:,[]{}#&*!|>'\"%@`".indexOf(s.charAt(0)) >= 0);
        return quoted ? (s.contains("'") ? value.toJson() : "'" + s + "'").replaceFirst("^''$", "\"\"") : s;
    }
}
