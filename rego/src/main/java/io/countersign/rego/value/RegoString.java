package io.countersign.rego.value;

import org.jspecify.annotations.Nullable;

/** A string; ordered by code point, which is the order of its UTF-8 bytes. */
public final class RegoString extends Value {

    /** The empty string. */
    public static final RegoString EMPTY = new RegoString("");

    private final String value;

    private RegoString(String value) {
        this.value = value;
    }

    /** The string of these characters. */
    public static RegoString of(String value) {
        return value.isEmpty() ? EMPTY : new RegoString(value);
    }

    /** The same text, where half of a pair of escapes that stands alone is U+FFFD: no UTF-8 could hold it. */
    public static String wellFormed(CharSequence text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out = out == null ? new StringBuilder(text) : out;
            out.setCharAt(i, '\ufffd');
        }
        return out == null ? text.toString() : out.toString();
    }

    /** The Java string. */
    public String value() {
        return value;
    }

    @Override
    public long weight() {
        return 1L + value.length();
    }

    @Override
    int rank() {
        return 3;
    }

    @Override
    int compareSameType(Value other) {
        return compare(value, ((RegoString) other).value);
    }

    /** Compares by code point; UTF-16 order differs where one side has a surrogate and the other is above it. */
    public static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean highA = Character.isSurrogate(a);
                boolean highB = Character.isSurrogate(b);
                return highA != highB ? (highA ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    @Override
    void write(StringBuilder out) {
        quote(value, out);
    }

    /** Appends the text as Go quotes a string: what cannot be printed is escaped. */
    public static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case 7 -> out.append("\\a");
                case 11 -> out.append("\\v");
                default -> quoteOther(c, out);
            }
        }
        out.append('"');
    }

    private static void quoteOther(int c, StringBuilder out) {
        if (c < 0x20 || c == 0x7f) {
            out.append("\\x").append(hex(c, 2));
        } else if (c < 0x7f || printable(c)) {
            out.appendCodePoint(c);
        } else if (c < 0x10000) {
            out.append("\\u").append(hex(c, 4));
        } else {
            out.append("\\U").append(hex(c, 8));
        }
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String hex(int c, int digits) {
        String text = Integer.toHexString(c);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof RegoString that && value.equals(that.value));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
