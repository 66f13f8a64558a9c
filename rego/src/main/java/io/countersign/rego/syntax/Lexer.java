package io.countersign.rego.syntax;

import io.countersign.rego.syntax.RegoModule.Comment;
import io.countersign.rego.syntax.Token.Kind;
import io.countersign.rego.value.RegoString;
import java.util.ArrayList;
import java.util.List;

/** Cuts a source into tokens and comments. */
final class Lexer {

    static final String PARSE_ERROR = "rego_parse_error";
    private static final List<String> SYMBOLS = List.of(
            ":=", "==", "!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "|", "&", "(", ")", "[", "]", "{",
            "}", ",", ";", ":", ".");
    private static final int DEEPEST_TEMPLATE = 50;

    private final String file;
    private final String text;
    private final List<Comment> comments = new ArrayList<>();
    private int at;
    private int row = 1;
    private int lineStart;
    private boolean newLine = true;
    private int templates;

    Lexer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    List<Comment> comments() {
        return comments;
    }

    List<Token> all() {
        List<Token> tokens = new ArrayList<>();
        if (text.startsWith("\uFEFF")) {
            at = 1;
        }
        while (true) {
            Token token = next();
            tokens.add(token);
            if (token.kind() == Kind.END) {
                return tokens;
            }
        }
    }

    private Location here() {
        return new Location(file, row, at - lineStart + 1);
    }

    private RegoFailure fault(String message, Location where) {
        return new RegoFailure(PARSE_ERROR, message, where);
    }

    private Token next() {
        skip();
        Location loc = here();
        int start = at;
        boolean first = newLine;
        newLine = false;
        if (at >= text.length()) {
            return new Token(Kind.END, "", loc, at, at, true, List.of());
        }
        char c = text.charAt(at);
        if (c == '_' || isLetter(c)) {
            while (at < text.length()
                    && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            return new Token(Kind.NAME, text.substring(start, at), loc, start, at, first, List.of());
        }
        if (isDigit(c)) {
            number(loc);
            return new Token(Kind.NUMBER, text.substring(start, at), loc, start, at, first, List.of());
        }
        if (c == '"') {
            String value = string(loc);
            return new Token(Kind.STRING, value, loc, start, at, first, List.of());
        }
        if (c == '`') {
            String value = rawString(loc);
            return new Token(Kind.RAW_STRING, value, loc, start, at, first, List.of());
        }
        if (c == '$' && at + 1 < text.length() && (text.charAt(at + 1) == '"' || text.charAt(at + 1) == '`')) {
            boolean raw = text.charAt(at + 1) == '`';
            List<Object> parts = template(raw, loc);
            return new Token(raw ? Kind.RAW_TEMPLATE : Kind.TEMPLATE, "", loc, start, at, first, parts);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                return new Token(Kind.SYMBOL, symbol, loc, start, at, first, List.of());
            }
        }
        throw fault("illegal token: `" + Character.toString(text.codePointAt(at)) + "`", loc);
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line();
            } else if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (c == '#') {
                comment();
            } else {
                return;
            }
        }
    }

    private void line() {
        at++;
        row++;
        lineStart = at;
        newLine = true;
    }

    private void comment() {
        Location loc = here();
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        String content = text.substring(at + 1, end);
        comments.add(new Comment(loc, content.endsWith("\r") ? content.substring(0, content.length() - 1) : content));
        at = end;
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private void number(Location loc) {
        int start = at;
        digits();
        if (at - start > 1 && text.charAt(start) == '0') {
            throw fault("expected number without leading zeros", loc);
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (at >= text.length() || !isDigit(text.charAt(at))) {
                throw fault("expected exponent", loc);
            }
            digits();
        }
        if (at < text.length() && isLetter(text.charAt(at))) {
            throw fault("illegal number format", loc);
        }
    }

    private void digits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String string(Location loc) {
        at++;
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return RegoString.wellFormed(out);
            }
            if (c == '\n') {
                break;
            }
            at++;
            if (c == '\\') {
                escape(out, loc);
            } else {
                out.append(c);
            }
        }
        throw fault("non-terminated string", loc);
    }

    private void escape(StringBuilder out, Location loc) {
        char c = at < text.length() ? text.charAt(at) : 0;
        at++;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
                    if (digit < 0) {
                        throw fault("illegal escape sequence", loc);
                    }
                    code = code * 16 + digit;
                    at++;
                }
                out.append((char) code);
            }
            default -> throw fault("illegal escape sequence", loc);
        }
    }

    private String rawString(Location loc) {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '`') {
                return text.substring(start, at++);
            }
            if (c == '\n') {
                line();
            } else {
                at++;
            }
        }
        throw fault("non-terminated raw string", loc);
    }

    /** Texts and lists of tokens in turn, a text first and last. */
    private List<Object> template(boolean raw, Location loc) {
        if (++templates > DEEPEST_TEMPLATE) {
            throw fault("template strings are nested too deeply", loc);
        }
        at += 2;
        List<Object> parts = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == (raw ? '`' : '"')) {
                at++;
                parts.add(out.toString());
                templates--;
                newLine = false;
                return parts;
            }
            if (c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '{') {
                out.append('{');
                at += 2;
            } else if (c == '\\' && !raw) {
                at++;
                escape(out, loc);
            } else if (c == '{') {
                at++;
                parts.add(out.toString());
                out.setLength(0);
                parts.add(hole(loc));
            } else if (c == '\n') {
                if (!raw) {
                    break;
                }
                out.append(c);
                line();
            } else {
                out.append(c);
                at++;
            }
        }
        throw fault("non-terminated string", loc);
    }

    private List<Token> hole(Location loc) {
        List<Token> tokens = new ArrayList<>();
        int depth = 0;
        newLine = false;
        while (true) {
            Token token = next();
            if (token.kind() == Kind.END) {
                throw fault("non-terminated template expression", loc);
            }
            if (token.isSymbol("}") && depth-- == 0) {
                tokens.add(new Token(Kind.END, "", token.loc(), token.start(), token.start(), true, List.of()));
                return tokens;
            }
            if (token.isSymbol("{")) {
                depth++;
            }
            tokens.add(token);
        }
    }
}
