package io.countersign.rego.value;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON straight into values; numbers keep their text. Nesting is bounded. */
public final class JsonReader {

    private static final int DEEPEST = 1000;

    private final String text;

    /** The last object at each depth: often the next one has the same keys in the same order. */
    private final @Nullable RegoObject[] models = new @Nullable RegoObject[16];

    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The value a text stands for. Fails with {@link JsonFault}. */
    public static Value read(String text) {
        JsonReader reader = new JsonReader(text);
        Value value = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.unexpected("after top-level value");
        }
        return value;
    }

    private JsonFault unexpected(String where) {
        if (at >= text.length()) {
            return new JsonFault("unexpected end of JSON input");
        }
        return new JsonFault("invalid character '" + text.charAt(at) + "' " + where);
    }

    private void space() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    private Value value(int depth) {
        space();
        if (at >= text.length() || depth > DEEPEST) {
            throw depth > DEEPEST ? new JsonFault("exceeded max depth") : unexpected("");
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> RegoString.of(string());
            case 't' -> word("true", RegoBoolean.TRUE);
            case 'f' -> word("false", RegoBoolean.FALSE);
            case 'n' -> word("null", RegoNull.NULL);
            default -> number(c);
        };
    }

    private Value word(String word, Value value) {
        if (!text.startsWith(word, at)) {
            throw unexpected("looking for beginning of value");
        }
        at += word.length();
        return value;
    }

    private Value number(char first) {
        int start = at;
        if (first == '-') {
            at++;
        }
        int digits = digits();
        if (digits == 0 || (digits > 1 && text.charAt(at - digits) == '0')) {
            throw unexpected("looking for beginning of value");
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            if (digits() == 0) {
                throw unexpected("after decimal point in numeric literal");
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (digits() == 0) {
                throw unexpected("in exponent of numeric literal");
            }
        }
        try {
            return at - start < 10 ? RegoNumber.parse(text, start, at) : RegoNumber.parse(text.substring(start, at));
        } catch (NumberTooLong number) {
            throw new JsonFault(String.valueOf(number.getMessage()));
        }
    }

    private int digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at - start;
    }

    private Value array(int depth) {
        at++;
        List<Value> elements = new ArrayList<>();
        space();
        if (at < text.length() && text.charAt(at) == ']') {
            at++;
            return RegoArray.EMPTY;
        }
        while (true) {
            elements.add(value(depth + 1));
            space();
            char c = at < text.length() ? text.charAt(at) : 0;
            if (c == ']') {
                at++;
                return RegoArray.of(elements);
            }
            if (c != ',') {
                throw unexpected("after array element");
            }
            at++;
        }
    }

    private Value object(int depth) {
        at++;
        space();
        if (at < text.length() && text.charAt(at) == '}') {
            at++;
            return RegoObject.EMPTY;
        }
        RegoObject model = depth < models.length ? models[depth] : null;
        RegoObject.Builder builder = model == null ? new RegoObject.Builder(4) : RegoObject.Builder.like(model);
        while (true) {
            space();
            RegoString key = key(builder.expected());
            space();
            if (at >= text.length() || text.charAt(at) != ':') {
                throw unexpected("after object key");
            }
            at++;
            builder.put(key, value(depth + 1));
            space();
            char c = at < text.length() ? text.charAt(at) : 0;
            if (c == '}') {
                at++;
                RegoObject object = builder.build();
                if (depth < models.length) {
                    models[depth] = object;
                }
                return object;
            }
            if (c != ',') {
                throw unexpected("after object key:value pair");
            }
            at++;
        }
    }

    private RegoString key(@Nullable Value expected) {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw unexpected("looking for beginning of object key string");
        }
        int start = at + 1;
        if (expected instanceof RegoString same && isNext(same.value(), start)) {
            at = start + same.value().length() + 1;
            return same;
        }
        int hash = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                at = i + 1;
                return SharedKeys.of(text, start, i, hash);
            }
            if (c == '\\' || c < 0x20) {
                break;
            }
            hash = hash * 31 + c;
        }
        return RegoString.of(string());
    }

    /** Whether that key stands here as it is, without escapes. */
    private boolean isNext(String key, int start) {
        int end = start + key.length();
        if (end >= text.length() || text.charAt(end) != '"') {
            return false;
        }
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c != text.charAt(start + i) || c == '"' || c == '\\' || c < 0x20) {
                return false;
            }
        }
        return true;
    }

    private String string() {
        int start = ++at;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                return text.substring(start, at++);
            }
            if (c == '\\' || c < 0x20) {
                return slowString(start);
            }
            at++;
        }
        throw unexpected("in string literal");
    }

    private String slowString(int start) {
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return RegoString.wellFormed(out);
            }
            if (c < 0x20) {
                throw unexpected("in string literal");
            }
            at++;
            if (c == '\\') {
                escape(out);
            } else {
                out.append(c);
            }
        }
        throw unexpected("in string literal");
    }

    private void escape(StringBuilder out) {
        char c = at < text.length() ? text.charAt(at) : 0;
        switch (c) {
            case '"', '\\', '/' -> out.append(c);
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> unicode(out);
            default -> throw unexpected("in string escape code");
        }
        at++;
    }

    private void unicode(StringBuilder out) {
        if (at + 4 >= text.length()) {
            throw new JsonFault("unexpected end of JSON input");
        }
        int code = 0;
        for (int i = 1; i <= 4; i++) {
            int digit = Character.digit(text.charAt(at + i), 16);
            if (digit < 0) {
                at += i;
                throw unexpected("in \\u hexadecimal character escape");
            }
            code = code * 16 + digit;
        }
        out.append((char) code);
        at += 4;
    }
}
