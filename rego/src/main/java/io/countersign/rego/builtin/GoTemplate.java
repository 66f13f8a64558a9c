package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoCollection;
import io.countersign.rego.value.RegoNull;
import io.countersign.rego.value.RegoNumber;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's text templates, as far as policies use them: fields, variables, if, else, range, with, comparisons. */
final class GoTemplate {

    private static final int DEEPEST = 100;

    private final Host host;
    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder out = new StringBuilder();
    private final Map<String, Value> variables = new HashMap<>();
    private int at;
    private int depth;

    private GoTemplate(Host host) {
        this.host = host;
    }

    static String render(Host host, String template, RegoObject values) {
        GoTemplate rendering = new GoTemplate(host);
        rendering.cut(template);
        rendering.variables.put("$", values);
        rendering.block(values, true);
        if (rendering.at < rendering.pieces.size()) {
            throw BuiltinFailure.error("template: unexpected {{"
                    + rendering.pieces.get(rendering.at).substring(1) + "}}");
        }
        return rendering.out.toString();
    }

    /** Texts begin with `t`, actions with `a`. */
    private void cut(String template) {
        int from = 0;
        while (true) {
            int open = template.indexOf("{{", from);
            if (open < 0) {
                pieces.add("t" + template.substring(from));
                return;
            }
            int close = template.indexOf("}}", open);
            if (close < 0) {
                throw BuiltinFailure.error("template: unclosed action");
            }
            String text = template.substring(from, open);
            String action = template.substring(open + 2, close);
            if (action.startsWith("- ")) {
                text = text.stripTrailing();
                action = action.substring(2);
            }
            from = close + 2;
            if (action.endsWith(" -")) {
                action = action.substring(0, action.length() - 2);
                while (from < template.length() && Character.isWhitespace(template.charAt(from))) {
                    from++;
                }
            }
            pieces.add("t" + text);
            if (!action.strip().startsWith("/*")) {
                pieces.add("a" + action.strip());
            }
        }
    }

    /** Runs up to the `else` or `end` of this block, or over it without output. */
    private void block(Value dot, boolean live) {
        if (++depth > DEEPEST) {
            throw BuiltinFailure.error("template: nested too deeply");
        }
        while (at < pieces.size()) {
            host.work(1);
            String piece = pieces.get(at);
            if (piece.charAt(0) == 't') {
                at++;
                if (live) {
                    host.reserve(piece.length());
                    out.append(piece, 1, piece.length());
                }
                continue;
            }
            String action = piece.substring(1);
            String word = action.split("\\s+", 2)[0];
            if (word.equals("end") || word.equals("else")) {
                break;
            }
            at++;
            String rest = action.substring(word.length()).strip();
            switch (word) {
                case "if" -> branch(rest, dot, live, false);
                case "with" -> branch(rest, dot, live, true);
                case "range" -> range(rest, dot, live);
                default -> {
                    if (live) {
                        action(action, dot);
                    }
                }
            }
        }
        depth--;
    }

    private void action(String action, Value dot) {
        int assign = action.indexOf(":=");
        int equals = assign >= 0 ? assign : action.startsWith("$") ? action.indexOf(" = ") : -1;
        if (action.startsWith("$") && equals > 0) {
            String name = action.substring(0, equals).strip();
            variables.put(
                    name,
                    pipeline(action.substring(equals + (assign >= 0 ? 2 : 3)).strip(), dot));
            return;
        }
        String text = text(pipeline(action, dot));
        host.reserve(text.length());
        out.append(text);
    }

    private static String text(Value value) {
        return switch (value) {
            case RegoString s -> s.value();
            case RegoNull ignored -> "<no value>";
            case RegoArray array -> list(array);
            case RegoSet set -> list(set);
            case RegoObject object -> {
                StringBuilder out = new StringBuilder("map[");
                for (int i = 0; i < object.size(); i++) {
                    out.append(i > 0 ? " " : "")
                            .append(text(object.keyAt(i)))
                            .append(':')
                            .append(text(object.valueAt(i)));
                }
                yield out.append(']').toString();
            }
            case RegoBoolean flag -> flag.toString();
            case RegoNumber number -> number.toString();
        };
    }

    private static String list(RegoCollection items) {
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < items.size(); i++) {
            out.append(i > 0 ? " " : "").append(text(items.valueAt(i)));
        }
        return out.append(']').toString();
    }

    private void branch(String condition, Value dot, boolean live, boolean rebinds) {
        Value value = live ? pipeline(condition, dot) : RegoBoolean.FALSE;
        boolean holds = live && truth(value);
        block(rebinds && holds ? value : dot, holds);
        rest(dot, live && !holds);
    }

    /** The `else` of a block, and its `end`. */
    private void rest(Value dot, boolean live) {
        String action = at < pieces.size() ? pieces.get(at).substring(1) : "";
        if (action.startsWith("else")) {
            at++;
            String further = action.substring(4).strip();
            if (further.startsWith("if ")) {
                branch(further.substring(3).strip(), dot, live, false);
                return;
            }
            block(dot, live);
            action = at < pieces.size() ? pieces.get(at).substring(1) : "";
        }
        if (!action.equals("end")) {
            throw BuiltinFailure.error("template: unexpected EOF");
        }
        at++;
    }

    private void range(String what, Value dot, boolean live) {
        String source = what;
        String[] names = {};
        int assign = what.indexOf(":=");
        if (what.startsWith("$") && assign > 0) {
            names = what.substring(0, assign).strip().split("\\s*,\\s*");
            source = what.substring(assign + 2).strip();
        }
        Value over = live ? pipeline(source, dot) : RegoNull.NULL;
        int start = at;
        boolean any = false;
        if (over instanceof RegoCollection items) {
            for (int i = 0; i < items.size(); i++) {
                any = true;
                at = start;
                if (names.length > 0) {
                    variables.put(names[names.length - 1], items.valueAt(i));
                }
                if (names.length > 1) {
                    variables.put(names[0], items.keyAt(i));
                }
                block(items.valueAt(i), true);
            }
        }
        if (!any) {
            at = start;
            block(dot, false);
        }
        rest(dot, live && !any);
    }

    private static boolean truth(Value value) {
        return switch (value) {
            case RegoNull ignored -> false;
            case RegoBoolean flag -> flag.value();
            case RegoNumber number -> number.exact().signum() != 0;
            case RegoString s -> !s.value().isEmpty();
            case RegoArray a -> a.size() > 0;
            case RegoObject o -> o.size() > 0;
            case RegoSet s -> s.size() > 0;
        };
    }

    // --- Pipelines ---

    private Value pipeline(String text, Value dot) {
        List<String> words = words(text);
        Value last = null;
        List<String> command = new ArrayList<>();
        for (String word : words) {
            if (word.equals("|")) {
                last = command(command, dot, last);
                command = new ArrayList<>();
            } else {
                command.add(word);
            }
        }
        return command(command, dot, last);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int end = at;
            if (c == '"' || c == '`') {
                end++;
                while (end < text.length() && text.charAt(end) != c) {
                    end += text.charAt(end) == '\\' && c == '"' ? 2 : 1;
                }
                end = Math.min(text.length(), end + 1);
            } else if (c == '(') {
                int open = 0;
                do {
                    open += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
                    end++;
                } while (end < text.length() && open > 0);
            } else if (c == '|') {
                end++;
            } else {
                while (end < text.length()
                        && !Character.isWhitespace(text.charAt(end))
                        && "|()".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
            }
            words.add(text.substring(at, end));
            at = end;
        }
        return words;
    }

    private Value command(List<String> words, Value dot, @Nullable Value piped) {
        if (words.isEmpty()) {
            throw BuiltinFailure.error("template: missing value for command");
        }
        List<Value> args = new ArrayList<>();
        for (String word : words.subList(1, words.size())) {
            args.add(operand(word, dot));
        }
        if (piped != null) {
            args.add(piped);
        }
        String name = words.get(0);
        return switch (name) {
            case "eq" -> RegoBoolean.of(args.subList(1, args.size()).stream().anyMatch(arg(args, 0)::equals));
            case "ne" -> RegoBoolean.of(!arg(args, 0).equals(arg(args, 1)));
            case "lt" -> RegoBoolean.of(arg(args, 0).compareTo(arg(args, 1)) < 0);
            case "le" -> RegoBoolean.of(arg(args, 0).compareTo(arg(args, 1)) <= 0);
            case "gt" -> RegoBoolean.of(arg(args, 0).compareTo(arg(args, 1)) > 0);
            case "ge" -> RegoBoolean.of(arg(args, 0).compareTo(arg(args, 1)) >= 0);
            case "not" -> RegoBoolean.of(!truth(arg(args, 0)));
            case "and" -> args.stream().filter(arg -> !truth(arg)).findFirst().orElse(arg(args, args.size() - 1));
            case "or" -> args.stream().filter(GoTemplate::truth).findFirst().orElse(arg(args, args.size() - 1));
            case "len" ->
                RegoNumber.of(
                        arg(args, 0) instanceof RegoCollection s
                                ? s.size()
                                : text(arg(args, 0)).length());
            case "index" -> {
                Value value = arg(args, 0);
                for (Value key : args.subList(1, args.size())) {
                    Value next = io.countersign.rego.value.Paths.step(value, key);
                    value = next == null ? RegoNull.NULL : next;
                }
                yield value;
            }
            case "printf" -> RegoString.of(Formatted.format(host, text(arg(args, 0)), args.subList(1, args.size())));
            case "print", "println" -> {
                StringBuilder text = new StringBuilder();
                args.forEach(value -> text.append(text(value)));
                yield RegoString.of(name.equals("println") ? text + "\n" : text.toString());
            }
            case "html", "js", "urlquery", "slice" -> {
                StringBuilder joined = new StringBuilder();
                args.forEach(value -> joined.append(text(value)));
                Value made = TemplateFunctions.call(name, args, joined.toString());
                yield made == null ? operand(name, dot) : made;
            }
            default -> operand(name, dot);
        };
    }

    private static Value arg(List<Value> args, int at) {
        if (at < 0 || at >= args.size()) {
            throw BuiltinFailure.error("template: wrong number of args");
        }
        return args.get(at);
    }

    private Value operand(String word, Value dot) {
        char c = word.charAt(0);
        if (c == '(') {
            return pipeline(word.substring(1, word.length() - 1), dot);
        }
        if (c == '"') {
            return io.countersign.rego.value.JsonReader.read(word);
        }
        if (c == '`') {
            return RegoString.of(word.substring(1, word.length() - 1));
        }
        if (c == '.') {
            return fields(dot, word.substring(1), word);
        }
        if (c == '$') {
            int dotAt = word.indexOf('.');
            String name = dotAt < 0 ? word : word.substring(0, dotAt);
            Value value = variables.get(name);
            if (value == null) {
                throw BuiltinFailure.error("template: undefined variable \"" + name + "\"");
            }
            return dotAt < 0 ? value : fields(value, word.substring(dotAt + 1), word);
        }
        return switch (word) {
            case "true" -> RegoBoolean.TRUE;
            case "false" -> RegoBoolean.FALSE;
            case "nil" -> RegoNull.NULL;
            default -> {
                if (!word.matches("-?[0-9]+(\\.[0-9]+)?")) {
                    throw BuiltinFailure.error("template: function \"" + word + "\" not defined");
                }
                yield RegoNumber.parse(word);
            }
        };
    }

    private static Value fields(Value from, String path, String word) {
        Value value = from;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            Value next = value instanceof RegoObject object ? object.get(name) : null;
            if (next == null) {
                throw BuiltinFailure.error("template: at <" + word + ">: map has no entry for key \"" + name + "\"");
            }
            value = next;
        }
        return value;
    }
}
