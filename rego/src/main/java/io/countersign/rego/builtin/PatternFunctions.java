package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Regular expressions (RE2, linear in time) and globs; compiled ones are kept for all evaluations, within bounds. */
final class PatternFunctions {

    private static final int MOST_KEPT = 2000;
    private static final int LONGEST = 10_000;
    private static final Map<String, Pattern> KEPT = new ConcurrentHashMap<>();

    private PatternFunctions() {}

    static void register() {
        add("regex.match", "string,string->boolean", (host, a) -> match(a));
        add("re_match", "string,string->boolean", (host, a) -> match(a)).deprecated();
        add("regex.is_valid", "string->boolean", (host, a) -> {
                    try {
                        compile(string(a, 0));
                        return RegoBoolean.TRUE;
                    } catch (BuiltinFailure failure) {
                        return RegoBoolean.FALSE;
                    }
                })
                .unchecked();
        add("regex.split", "string,string->array[string]", (host, a) -> split(compile(string(a, 0)), string(a, 1)));
        add("regex.find_n", "string,string,number->array[string]", (host, a) -> {
            List<Value> found = new ArrayList<>();
            each(
                    compile(string(a, 0)),
                    string(a, 1),
                    Operands.smallInteger(a, 2),
                    m -> found.add(RegoString.of(m.group())));
            return RegoArray.of(found);
        });
        add("regex.find_all_string_submatch_n", "string,string,number->array[array[string]]", (host, a) -> {
            List<Value> found = new ArrayList<>();
            each(compile(string(a, 0)), string(a, 1), Operands.smallInteger(a, 2), m -> {
                Value[] groups = new Value[m.groupCount() + 1];
                for (int i = 0; i < groups.length; i++) {
                    String group = m.group(i);
                    groups[i] = RegoString.of(group == null ? "" : group);
                }
                found.add(RegoArray.of(groups));
            });
            return RegoArray.of(found);
        });
        add(
                "regex.replace",
                "string,string,string->string",
                (host, a) -> replace(host, string(a, 0), compile(string(a, 1)), string(a, 2)));
        add(
                "regex.template_match",
                "string,string,string,string->boolean",
                (host, a) -> RegoBoolean.of(compile(template(string(a, 0), string(a, 2), string(a, 3)))
                        .matcher(string(a, 1))
                        .find()));
        add(
                "regex.globs_match",
                "string,string->boolean",
                (host, a) -> RegoBoolean.of(GlobIntersection.nonEmpty(string(a, 0), string(a, 1))));
        add(
                "glob.match",
                "string,any<null, array[string]>,string->boolean",
                (host, a) -> RegoBoolean.of(
                        glob(string(a, 0), delimiters(a)).matcher(string(a, 2)).matches()));
        add("glob.quote_meta", "string->string", (host, a) -> {
            StringBuilder out = new StringBuilder();
            string(a, 0).chars().forEach(c -> {
                if ("*?\\[]{}".indexOf(c) >= 0) {
                    out.append('\\');
                }
                out.append((char) c);
            });
            return RegoString.of(out.toString());
        });
    }

    static Pattern compile(String source) {
        Pattern known = KEPT.get(source);
        if (known != null) {
            return known;
        }
        if (source.length() > LONGEST) {
            throw BuiltinFailure.error("error parsing regexp: expression is too large");
        }
        String fault = RepeatCounts.fault(source);
        if (fault != null) {
            throw BuiltinFailure.error("error parsing regexp: " + fault);
        }
        try {
            Pattern pattern = Pattern.compile(source);
            if (KEPT.size() >= MOST_KEPT) {
                KEPT.clear();
            }
            KEPT.put(source, pattern);
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw BuiltinFailure.error(
                    "error parsing regexp: " + wrong.getDescription() + ": `" + wrong.getPattern() + "`");
        }
    }

    private static Value match(Value[] args) {
        return RegoBoolean.of(compile(string(args, 0)).matcher(string(args, 1)).find());
    }

    private static void each(Pattern pattern, String text, int most, java.util.function.Consumer<Matcher> visit) {
        Matcher matcher = pattern.matcher(text);
        int count = 0;
        int lastEnd = -1;
        while ((most < 0 || count < most) && matcher.find()) {
            // Go leaves out an empty match right after another match.
            if (matcher.start() == matcher.end() && matcher.start() == lastEnd) {
                continue;
            }
            lastEnd = matcher.end();
            visit.accept(matcher);
            count++;
        }
    }

    private static Value split(Pattern pattern, String text) {
        List<Value> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return pattern.pattern().isEmpty() ? RegoArray.EMPTY : RegoArray.of(RegoString.EMPTY);
        }
        int[] from = {0, 0};
        each(pattern, text, -1, m -> {
            if (m.end() != 0) {
                from[1] = m.start();
                if (!(m.start() == m.end() && m.start() == text.length())) {
                    parts.add(RegoString.of(text.substring(from[0], m.start())));
                    from[0] = m.end();
                }
            }
        });
        parts.add(RegoString.of(text.substring(from[0])));
        return RegoArray.of(parts);
    }

    private static Value replace(Host host, String text, Pattern pattern, String by) {
        StringBuilder out = new StringBuilder();
        int[] from = {0};
        each(pattern, text, -1, m -> {
            out.append(text, from[0], m.start());
            expand(out, m, pattern, by);
            host.reserve(by.length());
            from[0] = m.end();
        });
        out.append(text.substring(from[0]));
        return RegoString.of(out.toString());
    }

    /** Go's template: `$1`, `$name` as long as it goes, `${name}`, `$$`. */
    private static void expand(StringBuilder out, Matcher match, Pattern pattern, String by) {
        for (int i = 0; i < by.length(); i++) {
            char c = by.charAt(i);
            if (c != '$' || i + 1 >= by.length()) {
                out.append(c);
                continue;
            }
            if (by.charAt(i + 1) == '$') {
                out.append('$');
                i++;
                continue;
            }
            boolean braces = by.charAt(i + 1) == '{';
            int start = i + (braces ? 2 : 1);
            int end = start;
            while (end < by.length() && (Character.isLetterOrDigit(by.charAt(end)) || by.charAt(end) == '_')) {
                end++;
            }
            if (end == start || (braces && (end >= by.length() || by.charAt(end) != '}'))) {
                out.append('$');
                continue;
            }
            out.append(group(match, pattern, by.substring(start, end)));
            i = braces ? end : end - 1;
        }
    }

    private static String group(Matcher match, Pattern pattern, String name) {
        String found = "";
        if (name.matches("[0-9]{1,4}")) {
            int number = Integer.parseInt(name);
            String group = number <= match.groupCount() ? match.group(number) : "";
            found = group == null ? "" : group;
        } else if (pattern.namedGroups().containsKey(name)) {
            String group = match.group(name);
            found = group == null ? "" : group;
        }
        return found;
    }

    private static String template(String template, String start, String end) {
        if (start.length() != 1 || end.length() != 1) {
            throw BuiltinFailure.error("invalid delimiters: expected one character each");
        }
        StringBuilder out = new StringBuilder("^");
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf(start, at);
            if (open < 0) {
                break;
            }
            out.append(Pattern.quote(template.substring(at, open)));
            int depth = 1;
            int close = open + 1;
            while (close < template.length() && depth > 0) {
                if (template.startsWith(start, close)) {
                    depth++;
                } else if (template.startsWith(end, close)) {
                    depth--;
                }
                close++;
            }
            if (depth > 0) {
                throw BuiltinFailure.error("unbalanced braces in " + RegoString.of(template));
            }
            out.append('(').append(template, open + 1, close - 1).append(')');
            at = close;
        }
        return out.append(Pattern.quote(template.substring(at))).append('$').toString();
    }

    // --- Globs ---

    private static List<String> delimiters(Value[] args) {
        if (args[1] instanceof RegoNull) {
            return List.of();
        }
        List<String> given = Operands.strings(args, 1, "null, array");
        if (given.stream().anyMatch(text -> text.codePointCount(0, text.length()) != 1)) {
            throw BuiltinFailure.operand(2, "must be array of runes but got array containing string");
        }
        return given.isEmpty() ? List.of(".") : given;
    }

    private static Pattern glob(String glob, List<String> delimiters) {
        String key = "glob\0" + String.join("\0", delimiters) + "\0\0" + glob;
        Pattern known = KEPT.get(key);
        if (known != null) {
            return known;
        }
        Pattern pattern = compile("(?s)" + GlobSyntax.regex(glob, delimiters));
        KEPT.put(key, pattern);
        return pattern;
    }
}
