package io.countersign.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The API as the console's client has it, in types made from the server's OpenAPI document; the build fails where they
 * are not what the document says. It is the one form of the document that is there before a server has run.
 */
final class ApiDocument {

    private static final Path TYPES =
            Path.of(System.getProperty("house.root", ".."), "web", "src", "api", "schema.d.ts");
    private static final Pattern MEMBER = Pattern.compile("\"?([^\"?:]+)\"?(\\??): (.*)");
    private static final Pattern OPERATION = Pattern.compile("operations\\[\"(\\w+)\"];");
    private static final Pattern SCHEMA = Pattern.compile("components\\[\"schemas\"]\\[\"(\\w+)\"](?:\\[])?;");

    /** A member of a type: what is said of it, and its own members. */
    private record Member(String type, boolean required, Map<String, Member> members) {

        private static final Member NONE = new Member("", false, Map.of());

        Member at(String... names) {
            Member found = this;
            for (String name : names) {
                found = found.members().getOrDefault(name, NONE);
            }
            return found;
        }
    }

    private final Member whole;

    private ApiDocument(Member whole) {
        this.whole = whole;
    }

    static ApiDocument read() {
        try (Stream<String> lines = Files.lines(TYPES)) {
            Member whole = new Member("", true, new LinkedHashMap<>());
            Deque<Member> open = new ArrayDeque<>(List.of(whole));
            lines.map(String::strip)
                    .map(line -> line.replaceFirst("^export interface (\\w+) \\{$", "$1: {"))
                    .forEach(line -> read(line, open));
            return new ApiDocument(whole);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void read(String line, Deque<Member> open) {
        if (line.startsWith("}")) {
            open.pop();
            return;
        }
        Matcher found = MEMBER.matcher(line);
        if (line.startsWith("/") || line.startsWith("*") || !found.matches()) {
            return;
        }
        Member member = new Member(found.group(3), found.group(2).isEmpty(), new LinkedHashMap<>());
        Objects.requireNonNull(open.peek()).members().put(found.group(1), member);
        if (member.type().endsWith("{")) {
            open.push(member);
        }
    }

    /** The operation of a call, by its method and its path beneath the API's base; a path's own words come first. */
    private Optional<Member> operation(String method, String path) {
        String full = "/api/v1" + path;
        return whole.at("paths").members().entrySet().stream()
                .sorted(Comparator.comparingInt(template -> template.getKey().split("\\{").length))
                .filter(template -> full.matches(template.getKey().replaceAll("\\{\\w+}", "[^/]+")))
                .map(template -> template.getValue().at(method.toLowerCase(Locale.ROOT)))
                .map(member -> OPERATION.matcher(member.type()))
                .filter(Matcher::matches)
                .map(name -> whole.at("operations", name.group(1)))
                .findFirst();
    }

    /** Whether the operation answers with nothing. */
    boolean answersNothing(String method, String path) {
        return operation(method, path)
                .filter(found -> found.at("responses").members().containsKey("204"))
                .isPresent();
    }

    /** What the document does not know of in a call: its path, its method, its query, its headers, its body. */
    List<String> complaints(Counterpart.Asked call, @Nullable JsonNode body) {
        Optional<Member> operation = operation(call.method(), call.path());
        if (operation.isEmpty()) {
            return List.of("there is no " + call.method() + " " + call.path());
        }
        List<String> complaints = new ArrayList<>();
        Member parameters = operation.get().at("parameters");
        Stream.of(call.query().split("&"))
                .map(pair -> pair.replaceFirst("=.*", ""))
                // Lists are asked for in pages, also those that have only one.
                .filter(name -> !name.isEmpty() && !name.equals("limit"))
                .filter(name -> !parameters.at("query").members().containsKey(name))
                .forEach(name -> complaints.add("there is no parameter " + name));
        parameters.at("header").members().forEach((name, header) -> {
            if (header.required() && call.header(name).isEmpty()) {
                complaints.add("the header " + name + " is missing");
            }
        });
        if (body != null && !body.isEmpty()) {
            String type = operation
                    .get()
                    .at("requestBody", "content", "application/json")
                    .type();
            compare(body, type, "body", complaints);
        }
        return complaints;
    }

    private void compare(JsonNode value, String type, String where, List<String> complaints) {
        Matcher schema = SCHEMA.matcher(type);
        if (!schema.matches()) {
            if (where.equals("body")) {
                complaints.add("it takes no body");
            }
            return;
        }
        if (value.isArray()) {
            value.values().forEach(one -> compare(one, type, where, complaints));
            return;
        }
        Map<String, Member> known =
                whole.at("components", "schemas", schema.group(1)).members();
        value.propertyNames().stream()
                .filter(name -> !known.containsKey(name))
                .forEach(name -> complaints.add(where + "." + name + " is not known"));
        known.forEach((name, member) -> {
            if (value.has(name)) {
                compare(value.path(name), member.type(), where + "." + name, complaints);
            } else if (member.required()) {
                complaints.add(where + "." + name + " is missing");
            }
        });
    }
}
