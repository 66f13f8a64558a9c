package io.countersign.rego.value;

import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Writes values as YAML in block style, keys in order. */
public final class YamlWriter {

    /** What YAML 1.1 reads as something else than text: nulls, booleans, numbers, times. */
    private static final Pattern READ_AS_OTHER = Pattern.compile("~?|null|Null|NULL|[yYnN]|yes|Yes|YES|no|No|NO"
            + "|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|<<"
            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
            + "|[-+]?([0-9][0-9_]*(\\.[0-9_]*)?|\\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"
            + "|[-+]?0[xX][0-9a-fA-F_]+|[-+]?0b[01_]+|[-+]?0o[0-7_]+"
            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");

    /** What would mean something in a plain scalar. */
    private static final Pattern NOT_PLAIN =
            Pattern.compile("^[#,\\[\\]{}&*!|>'\"%@`]|^[-?:]([ \\t]|$)|^(---|\\.\\.\\.)|:([ \\t]|$)|[ \\t]#|^ | $");

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
                Map<String, Value> entries = new TreeMap<>(YamlWriter::compareKeys);
                object.entries()
                        .forEach(entry -> entries.put(
                                entry.getKey() instanceof RegoString key
                                        ? key.value()
                                        : entry.getKey().toJson(),
                                entry.getValue()));
                boolean first = afterDash;
                for (Map.Entry<String, Value> entry : entries.entrySet()) {
                    out.append(first ? "" : "  ".repeat(depth));
                    first = false;
                    out.append(scalar(RegoString.of(entry.getKey()))).append(':');
                    child(entry.getValue(), depth + 1);
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

    /** The order of keys in Go's YAML: numbers within them count as numbers, letters come after everything else. */
    private static int compareKeys(String left, String right) {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        boolean digits = false;
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] == b[i]) {
                digits = Character.isDigit(a[i]);
                continue;
            }
            boolean letterA = Character.isLetter(a[i]);
            boolean letterB = Character.isLetter(b[i]);
            if (letterA || letterB) {
                return letterA && letterB ? Integer.compare(a[i], b[i]) : letterA == digits ? -1 : 1;
            }
            int numbers = compareNumbers(a, b, i);
            return numbers != 0 ? numbers : Integer.compare(a[i], b[i]);
        }
        return Integer.compare(a.length, b.length);
    }

    private static int compareNumbers(int[] a, int[] b, int from) {
        boolean within = false;
        for (int i = from - 1; i >= 0 && Character.isDigit(a[i]) && (a[from] == '0' || b[from] == '0'); i--) {
            within |= a[i] != '0';
        }
        int endA = endOfDigits(a, from);
        int endB = endOfDigits(b, from);
        int order = number(a, from, endA, within).compareTo(number(b, from, endB, within));
        return order != 0 ? order : Integer.compare(endA, endB);
    }

    private static int endOfDigits(int[] text, int from) {
        int end = from;
        while (end < text.length && text[end] >= '0' && text[end] <= '9') {
            end++;
        }
        return end;
    }

    private static BigInteger number(int[] text, int from, int to, boolean within) {
        return new BigInteger((within ? "1" : "0") + new String(text, from, to - from));
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

    private void list(RegoCollection items, int depth, boolean afterDash) {
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
        if (READ_AS_OTHER.matcher(s).matches() || s.chars().anyMatch(YamlWriter::isUnprintable)) {
            return doubleQuoted(s);
        }
        return NOT_PLAIN.matcher(s).find() ? "'" + s.replace("'", "''") + "'" : s;
    }

    private static boolean isUnprintable(int c) {
        return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfeff || c == 0x2028 || c == 0x2029;
    }

    private static String doubleQuoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> out.append('\\').append((char) c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0x2028 -> out.append("\\L");
                case 0x2029 -> out.append("\\P");
                default ->
                    out.append(
                            !isUnprintable(c)
                                    ? String.valueOf((char) c)
                                    : c < 0x100 ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c));
            }
        });
        return out.append('"').toString();
    }
}
