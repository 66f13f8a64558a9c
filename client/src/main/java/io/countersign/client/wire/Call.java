package io.countersign.client.wire;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request to the server.
 *
 * @param path below the API's base, already encoded
 * @param key the idempotency key that is kept across retries, or none
 * @param version the entity tag that must still be current, or none
 */
public record Call(
        String method,
        String path,
        @Nullable JsonNode body,
        @Nullable String key,
        @Nullable String version) {

    public static Call get(String path) {
        return new Call("GET", path, null, null, null);
    }

    /** Something that must happen once however often it is sent; the key makes it so. */
    public static Call post(String path, JsonNode body, String key) {
        return new Call("POST", path, body, key, null);
    }

    public static Call put(String path, @Nullable JsonNode body) {
        return new Call("PUT", path, body, null, null);
    }

    public static Call delete(String path) {
        return new Call("DELETE", path, null, null, null);
    }

    /** An edit of the version that was read. */
    public static Call edit(String method, String path, @Nullable JsonNode body, String version) {
        return new Call(method, path, body, null, version.isEmpty() ? null : version);
    }

    /** This call carrying an idempotency key. */
    public Call withKey(String drawn) {
        return new Call(method, path, body, drawn, version);
    }

    /** Whether sending it twice does what sending it once does. */
    boolean repeatable() {
        return switch (method) {
            case "GET", "DELETE" -> true;
            case "PUT" -> version == null;
            default -> key != null;
        };
    }

    /** Segments of a path, encoded and joined. */
    public static String path(String... segments) {
        List<String> encoded = new ArrayList<>();
        for (String segment : segments) {
            encoded.add(encode(segment).replace("+", "%20"));
        }
        return "/" + String.join("/", encoded);
    }

    /** A path with a query made of names and values by turns; empty values are left out. */
    public static String query(String path, String... namesAndValues) {
        StringBuilder whole = new StringBuilder(path);
        char mark = path.indexOf('?') < 0 ? '?' : '&';
        for (int at = 0; at < namesAndValues.length; at += 2) {
            if (!namesAndValues[at + 1].isEmpty()) {
                whole.append(mark).append(namesAndValues[at]).append('=').append(encode(namesAndValues[at + 1]));
                mark = '&';
            }
        }
        return whole.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
