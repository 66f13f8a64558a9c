package io.countersign.rego.builtin;

import static io.countersign.rego.builtin.Builtins.add;
import static io.countersign.rego.builtin.Operands.string;

import io.countersign.rego.value.RegoBoolean;
import io.countersign.rego.value.RegoObject;
import io.countersign.rego.value.RegoString;
import java.util.Locale;

/** URIs, cut as Go cuts them. */
final class UriFunctions {

    private UriFunctions() {}

    static void register() {
        add("uri.parse", "string->object[string: string]", (host, a) -> parse(string(a, 0)));
        add("uri.is_valid", "string->boolean", (host, a) -> {
                    if (!(a[0] instanceof RegoString s) || s.value().isEmpty()) {
                        return RegoBoolean.FALSE;
                    }
                    try {
                        parse(s.value());
                        return RegoBoolean.TRUE;
                    } catch (BuiltinFailure wrong) {
                        return RegoBoolean.FALSE;
                    }
                })
                .unchecked();
    }

    private static BuiltinFailure wrong(String uri, String what) {
        return BuiltinFailure.error("parse " + RegoString.of(uri) + ": " + what);
    }

    private static RegoObject parse(String uri) {
        RegoObject.Builder out = new RegoObject.Builder(8);
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) < 0x20 || uri.charAt(i) == 0x7f) {
                throw wrong(uri, "net/url: invalid control character in URL");
            }
        }
        String rest = uri;
        int hash = rest.indexOf('#');
        if (hash >= 0) {
            put(out, "fragment", decoded(uri, rest.substring(hash + 1)));
            rest = rest.substring(0, hash);
        }
        String scheme = scheme(uri, rest);
        if (!scheme.isEmpty()) {
            put(out, "scheme", scheme.toLowerCase(Locale.ROOT));
            rest = rest.substring(scheme.length() + 1);
        }
        int question = rest.indexOf('?');
        if (question >= 0) {
            put(out, "raw_query", rest.substring(question + 1));
            rest = rest.substring(0, question);
        }
        if (!rest.startsWith("/")) {
            if (!scheme.isEmpty()) {
                return out.build();
            }
            int colon = rest.indexOf(':');
            int slash = rest.indexOf('/');
            if (colon >= 0 && (slash < 0 || colon < slash)) {
                throw wrong(uri, "first path segment in URL cannot contain colon");
            }
        }
        if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
            int end = rest.indexOf('/', 2);
            String authority = end < 0 ? rest.substring(2) : rest.substring(2, end);
            rest = end < 0 ? "" : rest.substring(end);
            authority(uri, authority, out);
        }
        String path = decoded(uri, rest);
        put(out, "path", path);
        put(out, "raw_path", path.isEmpty() ? "" : rawPath(rest, path));
        return out.build();
    }

    private static void put(RegoObject.Builder out, String name, String value) {
        if (!value.isEmpty()) {
            out.put(name, RegoString.of(value));
        }
    }

    private static String scheme(String uri, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean further = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (letter) {
                continue;
            }
            if (c == ':') {
                if (i == 0) {
                    throw wrong(uri, "missing protocol scheme");
                }
                return text.substring(0, i);
            }
            if (!further || i == 0) {
                return "";
            }
        }
        return "";
    }

    private static String decoded(String uri, String text) {
        try {
            return EncodingFunctions.unescape(text, false);
        } catch (BuiltinFailure failure) {
            throw wrong(uri, failure.message());
        }
    }

    private static void authority(String uri, String authority, RegoObject.Builder out) {
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            for (int i = 0; i < at; i++) {
                char c = authority.charAt(i);
                boolean fine = (c < 128 && Character.isLetterOrDigit(c)) || "-._:~!$&'()*+,;=%@".indexOf(c) >= 0;
                if (!fine) {
                    throw wrong(uri, "net/url: invalid userinfo");
                }
            }
        }
        String host = authority.substring(at + 1);
        String port = "";
        if (host.startsWith("[")) {
            int close = host.lastIndexOf(']');
            if (close < 0) {
                throw wrong(uri, "missing ']' in host");
            }
            port = port(uri, host.substring(close + 1));
            host = host.substring(1, close);
        } else {
            int colon = host.lastIndexOf(':');
            if (colon >= 0) {
                port = port(uri, host.substring(colon));
                host = host.substring(0, colon);
            }
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '%') {
                int high = i + 2 < host.length() ? Character.digit(host.charAt(i + 1), 16) : -1;
                if (high < 8) {
                    throw wrong(
                            uri,
                            "invalid URL escape " + RegoString.of(host.substring(i, Math.min(host.length(), i + 3))));
                }
            } else if (" \\^`{}|".indexOf(c) >= 0) {
                throw wrong(uri, "invalid character " + RegoString.of(String.valueOf(c)) + " in host name");
            }
        }
        put(out, "hostname", decoded(uri, host));
        put(out, "port", port);
    }

    private static String port(String uri, String text) {
        if (text.isEmpty()) {
            return "";
        }
        if (text.charAt(0) != ':' || !text.substring(1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(uri, "invalid port " + RegoString.of(text) + " after host");
        }
        return text.substring(1);
    }

    /** The path as it was written where that says more than the usual way to write it. */
    private static String rawPath(String written, String path) {
        StringBuilder usual = new StringBuilder();
        for (byte b : Bytes.of(path)) {
            char c = (char) (b & 0xff);
            boolean plain = (c < 128 && Character.isLetterOrDigit(c)) || "-_.~$&+,/:;=@!'()*".indexOf(c) >= 0;
            usual.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return usual.toString().equals(written) || decodesTheSame(written) ? usual.toString() : written;
    }

    private static boolean decodesTheSame(String written) {
        return written.matches("(?s).*%2[79aA8].*") && !written.matches("(?s).*%2[fF].*");
    }
}
