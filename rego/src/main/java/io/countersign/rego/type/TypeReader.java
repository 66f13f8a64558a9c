package io.countersign.rego.type;

import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads types as they are written in the list of built-in functions: `string, any<null, array[string]> -> boolean`. */
public final class TypeReader {

    private final String text;
    private int at;

    private TypeReader(String text) {
        this.text = text;
    }

    /** The type of a function; `...` stands for any number of arguments. */
    public static Type.FunctionOf function(String text) {
        TypeReader reader = new TypeReader(text.replace(" ", ""));
        List<Type> arguments = new ArrayList<>();
        Type variadic = null;
        while (!reader.accept("->")) {
            if (reader.accept("...")) {
                variadic = Type.ANY;
            } else {
                arguments.add(reader.type());
            }
            reader.accept(",");
        }
        Type result = reader.at < reader.text.length() ? reader.type() : null;
        return new Type.FunctionOf(arguments, variadic, result);
    }

    private boolean accept(String word) {
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private Type type() {
        int start = at;
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        return switch (name) {
            case "any" -> new Type.Any(accept("<") ? list() : List.of());
            case "null" -> Type.NULL;
            case "boolean" -> Type.BOOLEAN;
            case "number" -> Type.NUMBER;
            case "string" -> Type.STRING;
            case "set" -> {
                accept("[");
                Type element = type();
                accept("]");
                yield new Type.SetOf(element);
            }
            case "array" -> {
                List<Type> first = accept("<") ? list() : List.of();
                Type rest = null;
                if (accept("[")) {
                    rest = type();
                    accept("]");
                }
                yield new Type.ArrayOf(first, rest);
            }
            case "object" -> object();
            default -> throw new IllegalArgumentException("no type `" + name + "` in " + text);
        };
    }

    private List<Type> list() {
        List<Type> types = new ArrayList<>();
        while (!accept(">")) {
            types.add(type());
            accept(",");
        }
        return types;
    }

    private Type object() {
        Map<Value, Type> known = new LinkedHashMap<>();
        if (accept("<")) {
            while (!accept(">")) {
                int colon = text.indexOf(':', at);
                String key = text.substring(at, colon);
                at = colon + 1;
                known.put(RegoString.of(key), type());
                accept(",");
            }
        }
        @Nullable Type key = null;
        @Nullable Type value = null;
        if (accept("[")) {
            key = type();
            accept(":");
            value = type();
            accept("]");
        }
        return new Type.ObjectOf(known, key, value);
    }
}
