package io.countersign.rego.builtin;

import io.countersign.rego.value.RegoString;

/** The tokens of a GraphQL document, one at a time. */
final class GraphqlLexer {

    /** One token: its kind (a punctuation mark, or Name, Int, Float, String, BlockString, EOF, Invalid), text, place. */
    record Token(String kind, String text, int line, int column) {
        String shown() {
            return switch (kind) {
                case "EOF" -> "<EOF>";
                case "Invalid" -> "<Invalid>";
                case "Name", "Int", "Float", "String", "BlockString" -> kind + " " + RegoString.of(text);
                default -> kind;
            };
        }
    }

    private final String text;
    private int at;
    private int line = 1;
    private int lineStart;

    GraphqlLexer(String text) {
        this.text = text;
    }

    private Token token(String kind, String value, int start) {
        return new Token(kind, value, line, text.codePointCount(lineStart, start) + 1);
    }

    Token next() {
        skip();
        int start = at;
        if (at >= text.length()) {
            return token("EOF", "", start);
        }
        char c = text.charAt(at);
        if (text.startsWith("...", at)) {
            at += 3;
            return token("...", "", start);
        }
        if ("!$&():=@[]{}|".indexOf(c) >= 0) {
            at++;
            return token(String.valueOf(c), "", start);
        }
        if (isName(c) && !Character.isDigit(c)) {
            while (at < text.length() && isName(text.charAt(at))) {
                at++;
            }
            return token("Name", text.substring(start, at), start);
        }
        if (c == '-' || Character.isDigit(c)) {
            return number(start);
        }
        if (text.startsWith("\"\"\"", at)) {
            return block(start);
        }
        return c == '"' ? string(start) : token("Invalid", "", start);
    }

    private static boolean isName(char c) {
        return c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                newLine();
            } else if (c == ' ' || c == '\t' || c == ',' || c == '\r' || c == '\uFEFF') {
                at++;
            } else if (c == '#') {
                while (at < text.length() && text.charAt(at) != '\n') {
                    at++;
                }
            } else {
                return;
            }
        }
    }

    private void newLine() {
        at++;
        line++;
        lineStart = at;
    }

    private void digits() {
        while (at < text.length() && Character.isDigit(text.charAt(at))) {
            at++;
        }
    }

    private Token number(int start) {
        boolean decimal = false;
        at++;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            decimal = true;
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            decimal = true;
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        return token(decimal ? "Float" : "Int", text.substring(start, at), start);
    }

    private Token string(int start) {
        StringBuilder out = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            if (c != '\\' || at >= text.length()) {
                out.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            int known = "bfnrt".indexOf(escaped);
            if (known >= 0) {
                out.append("\b\f\n\r\t".charAt(known));
            } else if (escaped == 'u' && at + 4 <= text.length()) {
                try {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                } catch (NumberFormatException wrong) {
                    return token("Invalid", "", start);
                }
                at += 4;
            } else {
                out.append(escaped);
            }
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            return token("Invalid", "", at);
        }
        at++;
        return token("String", out.toString(), start + 1);
    }

    private Token block(int start) {
        Token place = token("BlockString", "", start + 3);
        at += 3;
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            if (text.startsWith("\\\"\"\"", at)) {
                out.append("\"\"\"");
                at += 4;
            } else if (text.startsWith("\"\"\"", at)) {
                at += 3;
                return new Token("BlockString", dedented(out.toString()), place.line(), place.column());
            } else {
                char c = text.charAt(at);
                out.append(c);
                if (c == '\n' || (c == '\r' && !text.startsWith("\r\n", at))) {
                    newLine();
                } else {
                    at++;
                }
            }
        }
        return token("Invalid", "", at);
    }

    /** The text without what all lines but the first are indented by, and without blank lines at both ends. */
    private static String dedented(String raw) {
        String[] lines = raw.replace("\r\n", "\n").replace('\r', '\n').split("\n", -1);
        int common = Integer.MAX_VALUE;
        for (int i = 1; i < lines.length; i++) {
            int indent = 0;
            while (indent < lines[i].length() && (lines[i].charAt(indent) == ' ' || lines[i].charAt(indent) == '\t')) {
                indent++;
            }
            if (indent < lines[i].length()) {
                common = Math.min(common, indent);
            }
        }
        int first = 0;
        int last = lines.length;
        for (int i = 1; i < lines.length && common < Integer.MAX_VALUE; i++) {
            lines[i] = lines[i].length() >= common ? lines[i].substring(common) : "";
        }
        while (first < last && lines[first].isBlank()) {
            first++;
        }
        while (last > first && lines[last - 1].isBlank()) {
            last--;
        }
        return String.join("\n", java.util.Arrays.asList(lines).subList(first, last));
    }
}
