package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.JsonFault;
import io.countersign.rego.value.JsonReader;
import io.countersign.rego.value.JsonWriter;
import io.countersign.rego.value.RegoArray;
import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoSet;
import io.countersign.rego.value.RegoString;
import io.countersign.rego.value.Value;
import io.countersign.rego.value.YamlFault;
import io.countersign.rego.value.YamlReader;
import io.countersign.rego.value.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON, YAML, base64, hex and URL texts. */
final class EncodingFunctions {

    private EncodingFunctions() {}

    static void register() {
        add("json.marshal", "any->string", (host, a) -> {
            host.fits(a[0]);
            return text(host, JsonWriter.escaped(a[0]));
        });
        add(
                "json.marshal_with_options",
                "any,object<indent: string, prefix: string, pretty: boolean>[string: any]->string",
                (host, a) -> {
                    host.fits(a[0]);
                    return text(host, marshal(a));
                });
        add("json.unmarshal", "string->any", (host, a) -> {
            try {
                return JsonReader.read(string(a, 0));
            } catch (JsonFault fault) {
                throw BuiltinFailure.error(String.valueOf(fault.getMessage()));
            }
        });
        add(
                        "json.is_valid",
                        "string->boolean",
                        (host, a) -> RegoBoolean.of(a[0] instanceof RegoString s && isJson(s.value())))
                .unchecked();
        add("yaml.marshal", "any->string", (host, a) -> {
            host.fits(a[0]);
            return text(host, YamlWriter.write(a[0]));
        });
        add("yaml.unmarshal", "string->any", (host, a) -> {
            try {
                return YamlReader.readLoose(string(a, 0));
            } catch (YamlFault fault) {
                throw BuiltinFailure.error(String.valueOf(fault.getMessage()));
            }
        });
        add(
                        "yaml.is_valid",
                        "string->boolean",
                        (host, a) -> RegoBoolean.of(a[0] instanceof RegoString s && isYaml(s.value())))
                .unchecked();
        base64();
        urls();
    }

    private static Value text(Host host, String text) {
        host.reserve(text.length());
        return RegoString.of(text);
    }

    private static boolean isJson(String text) {
        try {
            JsonReader.read(text);
            return true;
        } catch (JsonFault fault) {
            return false;
        }
    }

    private static boolean isYaml(String text) {
        try {
            YamlReader.read(text);
            return true;
        } catch (YamlFault fault) {
            return false;
        }
    }

    private static String marshal(Value[] args) {
        RegoObject options = Operands.object(args, 1);
        String indent = "\t";
        String prefix = "";
        boolean given = false;
        Boolean pretty = null;
        for (Map.Entry<Value, Value> option : options.entries()) {
            String name = option.getKey() instanceof RegoString s ? s.value() : "";
            switch (name) {
                case "indent", "prefix" -> {
                    if (!(option.getValue() instanceof RegoString s)) {
                        throw BuiltinFailure.operand(
                                2,
                                "key " + RegoString.of(name) + " must be string but got "
                                        + option.getValue().typeName());
                    }
                    given = true;
                    if (name.equals("indent")) {
                        indent = s.value();
                    } else {
                        prefix = s.value();
                    }
                }
                case "pretty" -> {
                    if (!(option.getValue() instanceof RegoBoolean flag)) {
                        throw BuiltinFailure.operand(
                                2,
                                "key \"pretty\" must be boolean but got "
                                        + option.getValue().typeName());
                    }
                    pretty = flag.value();
                }
                default -> throw BuiltinFailure.operand(2, "object contained unknown key " + option.getKey());
            }
        }
        boolean lines = pretty == null ? given : pretty;
        return lines ? prefix + JsonWriter.pretty(args[0], prefix, indent, true) : JsonWriter.escaped(args[0]);
    }

    private static void base64() {
        add(
                "base64.encode",
                "string->string",
                (host, a) -> RegoString.of(Base64.getEncoder().encodeToString(Bytes.of(string(a, 0)))));
        add("base64.decode", "string->string", (host, a) -> RegoString.of(Bytes.text(decode(string(a, 0)))));
        add("base64.is_valid", "string->boolean", (host, a) -> {
            try {
                decode(string(a, 0));
                return RegoBoolean.TRUE;
            } catch (BuiltinFailure failure) {
                return RegoBoolean.FALSE;
            }
        });
        add(
                "base64url.encode",
                "string->string",
                (host, a) -> RegoString.of(Base64.getUrlEncoder().encodeToString(Bytes.of(string(a, 0)))));
        add(
                "base64url.encode_no_pad",
                "string->string",
                (host, a) ->
                        RegoString.of(Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.of(string(a, 0)))));
        add("base64url.decode", "string->string", (host, a) -> RegoString.of(Bytes.text(decodeUrl(string(a, 0)))));
        add(
                "hex.encode",
                "string->string",
                (host, a) -> RegoString.of(java.util.HexFormat.of().formatHex(Bytes.of(string(a, 0)))));
        add("hex.decode", "string->string", (host, a) -> {
            try {
                return RegoString.of(Bytes.text(java.util.HexFormat.of().parseHex(string(a, 0))));
            } catch (IllegalArgumentException wrong) {
                throw BuiltinFailure.error("encoding/hex: invalid byte or odd length hex string");
            }
        });
    }

    private static byte[] decode(String text) {
        String clean = text.replace("\n", "").replace("\r", "");
        int bad = firstBad(clean, "+/");
        if (bad >= 0 || clean.length() % 4 != 0) {
            throw BuiltinFailure.error("illegal base64 data at input byte " + (bad >= 0 ? bad : clean.length()));
        }
        try {
            return Base64.getDecoder().decode(clean);
        } catch (IllegalArgumentException wrong) {
            throw BuiltinFailure.error("illegal base64 data at input byte " + Math.max(0, clean.length() - 1));
        }
    }

    static byte[] decodeUrl(String text) {
        String clean = text.replace("=", "");
        int bad = firstBad(clean, "-_");
        if (bad >= 0 || clean.length() % 4 == 1) {
            throw BuiltinFailure.error(
                    "illegal base64 data at input byte " + (bad >= 0 ? bad : Math.max(0, clean.length() - 1)));
        }
        try {
            return Base64.getUrlDecoder().decode(clean);
        } catch (IllegalArgumentException wrong) {
            throw BuiltinFailure.error("illegal base64 data at input byte " + Math.max(0, clean.length() - 1));
        }
    }

    private static int firstBad(String text, String further) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fine = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || further.indexOf(c) >= 0
                    || (c == '=' && i >= text.length() - 2);
            if (!fine) {
                return i;
            }
        }
        return -1;
    }

    private static void urls() {
        add("urlquery.encode", "string->string", (host, a) -> RegoString.of(escape(string(a, 0))));
        add("urlquery.decode", "string->string", (host, a) -> RegoString.of(unescape(string(a, 0), true)));
        add("urlquery.encode_object", "object[string: any<string, array[string], set[string]>]->string", (host, a) -> {
            host.fits(a[0]);
            List<String> parts = new ArrayList<>();
            for (Map.Entry<Value, Value> entry : Operands.object(a, 0).entries()) {
                String key = entry.getKey() instanceof RegoString s
                        ? s.value()
                        : entry.getKey().toString();
                for (String value : values(entry.getValue())) {
                    parts.add(escape(key) + "=" + escape(value));
                }
            }
            return RegoString.of(String.join("&", parts));
        });
        add("urlquery.decode_object", "string->object[string: array[string]]", (host, a) -> {
            Map<String, List<Value>> found = new LinkedHashMap<>();
            for (String pair : string(a, 0).split("&", -1)) {
                if (pair.isEmpty()) {
                    continue;
                }
                if (pair.contains(";")) {
                    throw BuiltinFailure.error("invalid semicolon separator in query");
                }
                int equals = pair.indexOf('=');
                String key = unescape(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : unescape(pair.substring(equals + 1), true);
                found.computeIfAbsent(key, k -> new ArrayList<>()).add(RegoString.of(value));
            }
            RegoObject.Builder object = new RegoObject.Builder(found.size());
            found.forEach((key, values) -> object.put(key, RegoArray.of(values)));
            return object.build();
        });
    }

    private static List<String> values(Value value) {
        List<Value> all = switch (value) {
            case RegoString s -> List.of(s);
            case RegoArray array -> array.list();
            case RegoSet set -> set.list();
            default ->
                throw BuiltinFailure.operand(
                        1, "values must be one of {string, array, set} but got " + value.typeName());
        };
        List<String> strings = new ArrayList<>();
        for (Value one : all) {
            if (!(one instanceof RegoString s)) {
                throw BuiltinFailure.operand(1, "must be array of strings but got array containing " + one.typeName());
            }
            strings.add(s.value());
        }
        return strings;
    }

    static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "-_.~".indexOf(c) >= 0) {
                out.append(c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append('%').append(String.format("%02X", (int) c));
            }
        }
        return out.toString();
    }

    static String unescape(String text, boolean plusIsSpace) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
                if (low < 0) {
                    String rest = text.substring(Math.min(text.length(), i));
                    throw BuiltinFailure.error(
                            "invalid URL escape " + RegoString.of(rest.length() > 3 ? rest.substring(0, 3) : rest));
                }
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(plusIsSpace && bytes[i] == '+' ? ' ' : bytes[i]);
            }
        }
        return Bytes.text(out.toByteArray());
    }
}
