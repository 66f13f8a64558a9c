package io.countersign.rego.builtin;

import com.google.re2j.Pattern;
import java.util.List;

/** Turns a glob into a regular expression: `*` stops at delimiters, `**` does not, `?`, `[a-z]`, `[!a]`, `{a,b}`. */
final class GlobSyntax {

    private final String glob;
    private final String one;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int depth;

    private GlobSyntax(String glob, String one) {
        this.glob = glob;
        this.one = one;
    }

    static String regex(String glob, List<String> delimiters) {
        StringBuilder stops = new StringBuilder();
        delimiters.forEach(d -> d.codePoints()
                .forEach(
                        c -> stops.append("\\x{").append(Integer.toHexString(c)).append('}')));
        String one = stops.isEmpty() ? "." : "[^" + stops + "]";
        GlobSyntax syntax = new GlobSyntax(glob, one);
        syntax.run();
        return syntax.out.toString();
    }

    private BuiltinFailure wrong(String what) {
        return BuiltinFailure.error(what + " in glob `" + glob + "`");
    }

    private void run() {
        while (at < glob.length()) {
            char c = glob.charAt(at);
            switch (c) {
                case '*' -> {
                    int stars = 0;
                    while (at < glob.length() && glob.charAt(at) == '*') {
                        stars++;
                        at++;
                    }
                    out.append(stars > 1 ? ".*" : one + "*");
                }
                case '?' -> {
                    out.append(one);
                    at++;
                }
                case '[' -> range();
                case '{' -> {
                    out.append("(?:");
                    depth++;
                    at++;
                }
                case '}' -> {
                    if (depth == 0) {
                        literal();
                    } else {
                        out.append(')');
                        depth--;
                        at++;
                    }
                }
                case ',' -> {
                    if (depth == 0) {
                        literal();
                    } else {
                        out.append('|');
                        at++;
                    }
                }
                case '\\' -> {
                    at++;
                    if (at < glob.length()) {
                        literal();
                    }
                }
                default -> literal();
            }
        }
        if (depth > 0) {
            throw wrong("unexpected end of input");
        }
    }

    private void literal() {
        int c = glob.codePointAt(at);
        out.append(Pattern.quote(Character.toString(c)));
        at += Character.charCount(c);
    }

    private void range() {
        int close = glob.indexOf(']', at + 2);
        if (close < 0) {
            throw wrong("unexpected end of input");
        }
        String inside = glob.substring(at + 1, close);
        boolean not = inside.startsWith("!");
        if (not) {
            inside = inside.substring(1);
        }
        out.append(not ? "[^" : "[");
        if (inside.length() == 3 && inside.charAt(1) == '-') {
            if (inside.charAt(0) > inside.charAt(2)) {
                throw wrong(
                        "hi character '" + inside.charAt(2) + "' should be greater than lo '" + inside.charAt(0) + "'");
            }
            out.append("\\x{")
                    .append(Integer.toHexString(inside.charAt(0)))
                    .append("}-\\x{")
                    .append(Integer.toHexString(inside.charAt(2)))
                    .append('}');
        } else {
            inside.codePoints()
                    .forEach(c ->
                            out.append("\\x{").append(Integer.toHexString(c)).append('}'));
        }
        out.append(']');
        at = close + 1;
    }
}
