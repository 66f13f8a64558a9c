package io.countersign.rego.value;

/** Writes values as JSON, as Go does: sets as arrays, other keys as their JSON text, `<`, `>` and `&` escaped on wish. */
public final class JsonWriter {

    private final StringBuilder out = new StringBuilder();
    private final String prefix;
    private final String indent;
    private final boolean pretty;
    private final boolean html;

    private JsonWriter(boolean pretty, String prefix, String indent, boolean html) {
        this.pretty = pretty;
        this.prefix = prefix;
        this.indent = indent;
        this.html = html;
    }

    /** The shortest JSON. */
    public static String compact(Value value) {
        return written(value, new JsonWriter(false, "", "", false));
    }

    /** The shortest JSON with `<`, `>` and `&` escaped, as Go's encoder does by default. */
    public static String escaped(Value value) {
        return written(value, new JsonWriter(false, "", "", true));
    }

    /** JSON over several lines, with that much in front of each line and level. */
    public static String pretty(Value value, String prefix, String indent, boolean html) {
        return written(value, new JsonWriter(true, prefix, indent, html));
    }

    private static String written(Value value, JsonWriter writer) {
        writer.write(value, 0);
        return writer.out.toString();
    }

    private void write(Value value, int depth) {
        switch (value) {
            case RegoString text -> string(text.value());
            case RegoArray array -> list(array, depth, '[', ']');
            case RegoSet set -> list(set, depth, '[', ']');
            case RegoObject object -> list(object, depth, '{', '}');
            case RegoNull ignored -> out.append("null");
            case RegoBoolean known -> out.append(known.value());
            case RegoNumber number -> out.append(number.text());
        }
    }

    private void list(RegoCollection collection, int depth, char open, char close) {
        out.append(open);
        int size = collection.size();
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.append(',');
            }
            newLine(depth + 1);
            if (collection instanceof RegoObject) {
                Value key = collection.keyAt(i);
                string(key instanceof RegoString text ? text.value() : compact(key));
                out.append(pretty ? ": " : ":");
            }
            write(collection.valueAt(i), depth + 1);
        }
        if (size > 0) {
            newLine(depth);
        }
        out.append(close);
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').append(prefix).append(indent.repeat(depth));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20 || c == 0x2028 || c == 0x2029 || (html && (c == '<' || c == '>' || c == '&'))) {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
