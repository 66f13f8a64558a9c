package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Functions on strings; places and lengths count code points. */
final class StringFunctions {

    private static final String SEARCH = "any<string, set[string], array[string]>";

    private StringFunctions() {}

    static void register() {
        add("concat", "string,any<array[string], set[string]>->string", (host, a) -> {
            String joined = String.join(string(a, 0), Operands.strings(a, 1, "array, set"));
            host.reserve(joined.length());
            return RegoString.of(joined);
        });
        add(
                "contains",
                "string,string->boolean",
                (host, a) ->
                        RegoBoolean.of(string(a, 1).isEmpty() || Occurrences.first(string(a, 0), string(a, 1)) >= 0));
        add(
                "startswith",
                "string,string->boolean",
                (host, a) -> RegoBoolean.of(string(a, 0).startsWith(string(a, 1))));
        add(
                "endswith",
                "string,string->boolean",
                (host, a) -> RegoBoolean.of(string(a, 0).endsWith(string(a, 1))));
        add("lower", "string->string", (host, a) -> RegoString.of(mapped(string(a, 0), false)));
        add("upper", "string->string", (host, a) -> RegoString.of(mapped(string(a, 0), true)));
        add("indexof", "string,string->number", (host, a) -> {
            String in = string(a, 0);
            if (string(a, 1).isEmpty()) {
                throw BuiltinFailure.error("empty search character");
            }
            int at = Occurrences.first(in, string(a, 1));
            return RegoNumber.of(at < 0 ? -1 : in.codePointCount(0, at));
        });
        add("indexof_n", "string,string->array[number]", (host, a) -> places(string(a, 0), string(a, 1)));
        add("strings.count", "string,string->number", (host, a) -> RegoNumber.of(count(string(a, 0), string(a, 1))));
        add("replace", "string,string,string->string", (host, a) -> {
            String done = replace(host, string(a, 0), string(a, 1), string(a, 2));
            return RegoString.of(done);
        });
        add("strings.replace_n", "object[string: string],string->string", (host, a) -> replaceAll(host, a));
        add("strings.reverse", "string->string", (host, a) -> RegoString.of(reversed(string(a, 0))));
        add("split", "string,string->array[string]", (host, a) -> split(string(a, 0), string(a, 1)));
        add("strings.split_n", "string,string,number->array[string]", (host, a) -> {
            int most = Operands.smallInteger(a, 2);
            List<Value> parts = split(string(a, 0), string(a, 1)).list();
            int count = (int) Math.min(Math.abs((long) most), parts.size());
            return RegoArray.of(
                    most >= 0 ? parts.subList(0, count) : parts.subList(parts.size() - count, parts.size()));
        });
        add("substring", "string,number,number->string", (host, a) -> substring(a));
        trims();
        add("strings.any_prefix_match", SEARCH + "," + SEARCH + "->boolean", (host, a) -> affix(host, a, true));
        add("strings.any_suffix_match", SEARCH + "," + SEARCH + "->boolean", (host, a) -> affix(host, a, false));
        add("sprintf", "string,array[any]->string", (host, a) -> {
            host.fits(a[1]);
            String text =
                    Formatted.format(host, string(a, 0), Operands.array(a, 1).list());
            host.reserve(text.length());
            return RegoString.of(text);
        });
        add("strings.render_template", "string,object[string: any]->string", (host, a) -> {
            host.fits(a[1]);
            return RegoString.of(GoTemplate.render(host, string(a, 0), Operands.object(a, 1)));
        });
        add("internal.template_string", "array[any]->string", (host, a) -> RegoString.EMPTY);
        add("print", "...->", (host, a) -> {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < a.length; i++) {
                host.fits(a[i]);
                line.append(i > 0 ? " " : "").append(a[i] instanceof RegoString s ? s.value() : a[i].toString());
            }
            host.print(line.toString());
            return RegoBoolean.TRUE;
        });
        add("trace", "string->boolean", (host, a) -> RegoBoolean.TRUE);
        add("internal.print", "array[set[any]]->", (host, a) -> RegoBoolean.TRUE);
        add("internal.test_case", "array[any]->", (host, a) -> RegoBoolean.TRUE);
    }

    private static void trims() {
        add(
                "trim",
                "string,string->string",
                (host, a) -> RegoString.of(trimEnd(trimStart(string(a, 0), string(a, 1)), string(a, 1))));
        add("trim_left", "string,string->string", (host, a) -> RegoString.of(trimStart(string(a, 0), string(a, 1))));
        add("trim_right", "string,string->string", (host, a) -> RegoString.of(trimEnd(string(a, 0), string(a, 1))));
        add(
                "trim_prefix",
                "string,string->string",
                (host, a) -> RegoString.of(
                        string(a, 0).startsWith(string(a, 1))
                                ? string(a, 0).substring(string(a, 1).length())
                                : string(a, 0)));
        add(
                "trim_suffix",
                "string,string->string",
                (host, a) -> RegoString.of(
                        string(a, 0).endsWith(string(a, 1))
                                ? string(a, 0)
                                        .substring(
                                                0,
                                                string(a, 0).length()
                                                        - string(a, 1).length())
                                : string(a, 0)));
        add("trim_space", "string->string", (host, a) -> {
            String text = string(a, 0);
            int start = 0;
            int end = text.length();
            while (start < end && isSpace(text.charAt(start))) {
                start++;
            }
            while (end > start && isSpace(text.charAt(end - 1))) {
                end--;
            }
            return RegoString.of(text.substring(start, end));
        });
    }

    private static boolean isSpace(char c) {
        return (c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || Character.isSpaceChar(c);
    }

    /** Maps each code point by itself, as Go does: no letter becomes two. */
    private static String mapped(String text, boolean up) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(up ? Character.toUpperCase(c) : Character.toLowerCase(c)));
        return out.toString();
    }

    private static Value places(String in, String of) {
        if (of.isEmpty()) {
            throw BuiltinFailure.error("empty search character");
        }
        List<Value> places = new ArrayList<>();
        int[] counted = {0, 0};
        Occurrences.each(in, of, true, at -> {
            counted[1] += in.codePointCount(counted[0], at);
            counted[0] = at;
            return places.add(RegoNumber.of(counted[1]));
        });
        return RegoArray.of(places);
    }

    private static long count(String in, String of) {
        if (of.isEmpty()) {
            return in.codePointCount(0, in.length()) + 1L;
        }
        long[] count = {0};
        Occurrences.each(in, of, false, at -> ++count[0] > 0);
        return count[0];
    }

    private static String replace(Host host, String text, String old, String by) {
        host.reserve(text.length() + count(text, old) * by.length());
        if (!old.isEmpty()) {
            return String.join(by, parts(text, old));
        }
        StringBuilder out = new StringBuilder(by);
        text.codePoints().forEach(c -> out.appendCodePoint(c).append(by));
        return out.toString();
    }

    /** What stands between the occurrences of a string that is not empty. */
    private static List<String> parts(String text, String by) {
        List<String> parts = new ArrayList<>();
        int[] from = {0};
        Occurrences.each(text, by, false, at -> {
            parts.add(text.substring(from[0], at));
            from[0] = at + by.length();
            return true;
        });
        parts.add(text.substring(from[0]));
        return parts;
    }

    /** All patterns at once: at every place the first one, in the order of the keys, that fits. */
    private static Value replaceAll(Host host, Value[] args) {
        RegoObject patterns = Operands.object(args, 0);
        List<String> olds = new ArrayList<>();
        List<String> news = new ArrayList<>();
        for (Map.Entry<Value, Value> entry : patterns.entries()) {
            if (!(entry.getKey() instanceof RegoString key)) {
                throw BuiltinFailure.operand(1, "non-string key found in pattern object");
            }
            if (!(entry.getValue() instanceof RegoString value)) {
                throw BuiltinFailure.operand(1, "non-string value found in pattern object");
            }
            olds.add(key.value());
            news.add(value.value());
        }
        String text = string(args, 1);
        StringBuilder out = new StringBuilder();
        boolean afterEmpty = false;
        int at = 0;
        while (at <= text.length()) {
            int found = -1;
            for (int i = 0; i < olds.size() && found < 0; i++) {
                boolean empty = olds.get(i).isEmpty();
                if (text.startsWith(olds.get(i), at) && !(empty && afterEmpty)) {
                    found = i;
                }
            }
            host.reserve(1);
            host.work(found < 0 ? olds.size() : found + 1L);
            if (found >= 0) {
                host.reserve(news.get(found).length());
                out.append(news.get(found));
                at += olds.get(found).length();
                afterEmpty = olds.get(found).isEmpty();
                if (!afterEmpty) {
                    continue;
                }
            }
            if (at < text.length()) {
                int c = text.codePointAt(at);
                out.appendCodePoint(c);
                at += Character.charCount(c);
                afterEmpty = false;
            } else {
                break;
            }
        }
        return RegoString.of(out.toString());
    }

    private static String reversed(String text) {
        int[] points = text.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        for (int i = points.length - 1; i >= 0; i--) {
            out.appendCodePoint(points[i]);
        }
        return out.toString();
    }

    private static RegoArray split(String text, String by) {
        List<Value> parts = new ArrayList<>();
        if (by.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(RegoString.of(Character.toString(c))));
            return RegoArray.of(parts);
        }
        parts(text, by).forEach(part -> parts.add(RegoString.of(part)));
        return RegoArray.of(parts);
    }

    private static Value substring(Value[] args) {
        String text = string(args, 0);
        int start = Operands.smallInteger(args, 1);
        int length = Operands.smallInteger(args, 2);
        if (start < 0) {
            throw BuiltinFailure.error("negative offset");
        }
        int size = text.codePointCount(0, text.length());
        if (start >= size) {
            return RegoString.EMPTY;
        }
        int from = text.offsetByCodePoints(0, start);
        if (length < 0 || (long) start + length >= size) {
            return RegoString.of(text.substring(from));
        }
        return RegoString.of(text.substring(from, text.offsetByCodePoints(from, length)));
    }

    private static BitSet points(String text) {
        BitSet points = new BitSet();
        text.codePoints().forEach(points::set);
        return points;
    }

    private static String trimStart(String text, String cutset) {
        BitSet cut = points(cutset);
        int at = 0;
        while (at < text.length() && cut.get(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(at);
    }

    private static String trimEnd(String text, String cutset) {
        BitSet cut = points(cutset);
        int end = text.length();
        while (end > 0 && cut.get(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static List<String> searched(Value[] args, int at) {
        return args[at] instanceof RegoString s ? List.of(s.value()) : containing(args, at);
    }

    private static List<String> containing(Value[] args, int at) {
        List<String> strings = new ArrayList<>();
        List<Value> all = args[at] instanceof RegoArray a ? a.list() : ((RegoSet) args[at]).list();
        for (Value value : all) {
            if (!(value instanceof RegoString s)) {
                throw BuiltinFailure.operand(
                        at + 1,
                        "must be array of strings but got " + args[at].typeName() + " containing " + value.typeName());
            }
            strings.add(s.value());
        }
        return strings;
    }

    private static Value affix(Host host, Value[] args, boolean prefix) {
        List<String> texts = searched(args, 0);
        List<String> parts = searched(args, 1);
        long work = parts.stream().mapToLong(part -> 1 + part.length() / 256).sum();
        for (String text : texts) {
            host.work(work);
            for (String part : parts) {
                if (prefix ? text.startsWith(part) : text.endsWith(part)) {
                    return RegoBoolean.TRUE;
                }
            }
        }
        return RegoBoolean.FALSE;
    }
}
