package io.countersign.server.platform;

import io.countersign.server.platform.TestServer.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Sends the examples of the OpenAPI document to a server, one behind the other, and writes down what it answered: as it was,
 * but with the ids, secrets and times that the examples show in the places of the real ones.
 */
final class ExampleStory {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** What is drawn anew each time: ids, secrets, ids of calls. */
    private static final Pattern DRAWN =
            Pattern.compile("\\b(?:cs_[a-z]+_[0-9a-z]{52}|[a-z]{2,5}_[0-9a-hjkmnp-tv-z]{26})\\b");

    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");
    private static final Pattern WRITTEN_OUT = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) UTC");
    /** Names of keys, secrets of webhooks and signed tokens: letters without a meaning of their own. */
    private static final Pattern OPAQUE =
            Pattern.compile("whsec_[A-Za-z0-9+/=]+|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+|(?<![\\w-])[\\w-]{43}(?![\\w-])");

    private static final Pattern BLINK = Pattern.compile("PT\\d+\\.\\d+S");
    private static final Duration GRAIN = Duration.ofMinutes(15);

    private final TestServer server;
    private final Instant start;
    private final Map<String, JsonNode> operations = new HashMap<>();
    private final Map<String, String> places = new HashMap<>();
    private final Map<String, ArrayNode> files = new LinkedHashMap<>();
    private final TreeSet<String> told = new TreeSet<>();
    private final Map<String, String> shown = new HashMap<>();
    private final Map<String, String> real = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    ExampleStory(TestServer server, Instant start, JsonNode document) {
        this.server = server;
        this.start = start;
        document.path("paths")
                .propertyStream()
                .forEach(path -> path.getValue().propertyStream().forEach(entry -> {
                    String id = entry.getValue().path("operationId").asString("");
                    operations.put(id, entry.getValue());
                    places.put(id, entry.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }));
        operations.keySet().forEach(id -> read(id).ifPresent(calls -> files.put(id, calls)));
    }

    private static Optional<ArrayNode> read(String operation) {
        try (InputStream in = ExampleStory.class.getResourceAsStream("/openapi/examples/" + operation + ".json")) {
            return in == null ? Optional.empty() : Optional.of((ArrayNode) JSON.readTree(in));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Everything that was not as the examples say, one line each. */
    List<String> wrong() {
        return wrong;
    }

    /** The examples that no call of the story has sent. */
    List<String> untold() {
        return files.entrySet().stream()
                .flatMap(file -> file.getValue()
                        .valueStream()
                        .map(call -> file.getKey() + " " + call.path("name").asString()))
                .filter(name -> !told.contains(name))
                .toList();
    }

    /** The operations that are no reading and have no example. */
    List<String> changingWithoutExample() {
        return places.entrySet().stream()
                .filter(place -> !place.getValue().startsWith("GET ") && !files.containsKey(place.getKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Sends an example as somebody, or as nobody; answers what really came. */
    JsonNode tell(@Nullable String secret, String operation, String name) {
        ObjectNode call = example(operation, name);
        told.add(operation + " " + name);
        Answer answer = send(secret, operation, call);
        JsonNode body = answer.body().isMissingNode()
                ? null
                : shown(answer.body(), call.path("response"), operation + " " + name);
        if (answer.status() != call.path("status").asInt() || !Objects.equals(body, call.get("response"))) {
            wrong.add(operation + " " + name + ": " + answer.status() + " " + body);
        }
        call.put("status", answer.status());
        if (body == null) {
            call.remove("response");
        } else {
            call.set("response", body);
        }
        return answer.body();
    }

    /** The example of this name, as it is kept. */
    ObjectNode example(String operation, String name) {
        return files.getOrDefault(operation, JSON.createArrayNode())
                .valueStream()
                .filter(one -> one.path("name").asString().equals(name))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no example " + operation + " " + name));
    }

    /** Sends a call as it stands, with the real ids in the places of those that examples show. */
    Answer send(@Nullable String secret, String operation, JsonNode call) {
        String[] place = places.getOrDefault(operation, "").split(" ", 2);
        StringBuilder path = new StringBuilder(place[1]);
        StringBuilder query = new StringBuilder();
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter :
                Objects.requireNonNull(operations.get(operation)).path("parameters")) {
            String parameterName = parameter.path("name").asString();
            JsonNode given = call.path("parameters").path(parameterName);
            String value = real(
                    given.isArray()
                            ? given.valueStream().map(JsonNode::asString).collect(Collectors.joining(","))
                            : given.asString(""));
            switch (parameter.path("in").asString() + (given.isMissingNode() ? " missing" : "")) {
                case "path" -> {
                    int at = path.indexOf("{" + parameterName + "}");
                    path.replace(at, at + parameterName.length() + 2, encoded(value));
                }
                case "query" ->
                    query.append(query.isEmpty() ? "?" : "&")
                            .append(parameterName)
                            .append("=")
                            .append(encoded(value));
                case "header" -> headers.addAll(List.of(parameterName, value));
                case "header missing" -> {
                    if (parameterName.equals(IdempotencyKey.HEADER)) {
                        headers.addAll(List.of(parameterName, UUID.randomUUID().toString()));
                    }
                }
                default -> {}
            }
        }
        @Nullable String body = call.has("request") ? real(JSON.writeValueAsString(call.get("request"))) : null;
        return server.call(place[0], path.toString() + query, secret, body, headers.toArray(String[]::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%40", "@")
                .replace("%7E", "~");
    }

    private String real(String text) {
        return DRAWN.matcher(text).replaceAll(found -> real.getOrDefault(found.group(), found.group()));
    }

    /** The same with what examples show; what the present example shows there is kept. */
    private JsonNode shown(JsonNode answer, JsonNode example, String where) {
        return switch (answer) {
            case ObjectNode object -> {
                ObjectNode copy = JSON.createObjectNode();
                object.propertyStream().forEach(entry -> {
                    String name = shown(entry.getKey(), "", where);
                    copy.set(name, shown(entry.getValue(), example.path(name), where + "/" + name));
                });
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JSON.createArrayNode();
                for (int i = 0; i < array.size(); i++) {
                    copy.add(shown(array.path(i), example.path(i), where + "/" + i));
                }
                yield copy;
            }
            case StringNode text -> StringNode.valueOf(shown(text.asString(), example.asString(""), where));
            default -> answer;
        };
    }

    private String shown(String text, String example, String where) {
        List<String> before =
                DRAWN.matcher(example).results().map(MatchResult::group).toList();
        List<String> drawn =
                DRAWN.matcher(text).results().map(MatchResult::group).toList();
        for (int i = 0; i < drawn.size(); i++) {
            String one = drawn.get(i);
            if (!shown.containsKey(one)) {
                String wish = before.size() == drawn.size() ? before.get(i) : invented(one, where);
                String given =
                        real.containsKey(wish) || !prefix(wish).equals(prefix(one)) ? invented(one, where) : wish;
                shown.put(one, given);
                real.put(given, one);
            }
        }
        String named = DRAWN.matcher(text).replaceAll(found -> shown.getOrDefault(found.group(), found.group()));
        String kept = OPAQUE.matcher(named)
                .replaceAll(found -> shown.computeIfAbsent(found.group(), one -> opaque(one, where)));
        String calm = WRITTEN_OUT
                .matcher(BLINK.matcher(kept).replaceAll("PT1S"))
                .replaceAll(found -> written(rounded(Instant.parse(found.group(1) + "T" + found.group(2) + "Z"))));
        return INSTANT.matcher(calm)
                .replaceAll(found -> rounded(Instant.parse(found.group())).toString());
    }

    private static String written(Instant moment) {
        return moment.toString().replace('T', ' ').replace("Z", " UTC");
    }

    private static String prefix(String drawn) {
        return drawn.substring(0, drawn.lastIndexOf('_'));
    }

    /** Letters that are the same in every run. */
    private static String invented(String one, String where) {
        int length = one.length() - prefix(one).length() - 1;
        return prefix(one) + "_" + Secrets.hash(where + one.length()).substring(0, Math.min(length, 26))
                + "0".repeat(Math.max(0, length - 26));
    }

    private static String opaque(String one, String where) {
        String kind = one.startsWith("whsec_") ? "whsec_" : one.startsWith("eyJ") ? "eyJhbGciOiJFUzI1NiJ9." : "";
        return kind + Secrets.hash(where).substring(0, 43);
    }

    private Instant rounded(Instant moment) {
        long steps = Math.floorDiv(Duration.between(start, moment).toMillis(), GRAIN.toMillis());
        return start.plus(GRAIN.multipliedBy(steps));
    }

    /** Writes all examples as they were answered into a folder, one file for an operation. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, ArrayNode> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey() + ".json"), JSON.writeValueAsString(file.getValue()) + "\n");
        }
    }
}
