package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of Go's templates that change texts and lists. */
final class TemplateFunctions {

    private TemplateFunctions() {}

    /** What a function makes of its arguments, or null if there is none of that name. */
    static @Nullable Value call(String name, List<Value> args, String joined) {
        return switch (name) {
            case "html" -> RegoString.of(html(joined));
            case "js" -> RegoString.of(js(joined));
            case "urlquery" ->
                RegoString.of(URLEncoder.encode(joined, StandardCharsets.UTF_8)
                        .replace("*", "%2A")
                        .replace("%7E", "~"));
            case "slice" -> slice(args);
            default -> null;
        };
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("\0", "\uFFFD");
    }

    private static String js(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\', '\'', '"' -> out.append('\\').appendCodePoint(c);
                case '<', '>', '&', '=' -> out.append("\\u%04X".formatted(c));
                default -> out.append(c < 0x20 ? "\\u%04X".formatted(c) : Character.toString(c));
            }
        });
        return out.toString();
    }

    private static Value slice(List<Value> args) {
        if (args.isEmpty() || args.size() > 4) {
            throw BuiltinFailure.error("template: wrong number of args for slice");
        }
        Value of = args.get(0);
        byte[] bytes = of instanceof RegoString s ? s.value().getBytes(StandardCharsets.UTF_8) : new byte[0];
        int size = of instanceof RegoArray array ? array.size() : bytes.length;
        int from = args.size() > 1 ? index(args.get(1), size) : 0;
        int to = args.size() > 2 ? index(args.get(2), size) : size;
        if (from > to) {
            throw BuiltinFailure.error("template: invalid slice index: " + from + " > " + to);
        }
        return of instanceof RegoArray array
                ? RegoArray.of(array.list().subList(from, to))
                : RegoString.of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    private static int index(Value value, int size) {
        int index = value instanceof RegoNumber number ? number.index() : -1;
        if (index < 0 || index > size) {
            throw BuiltinFailure.error("template: index out of range: " + value);
        }
        return index;
    }
}
