package io.countersign.server.change;

import io.countersign.server.change.DeclarationContent.Field;
import io.countersign.server.change.DeclarationContent.Thing;
import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Renders calls of Countersign's own, as they wait for approval: method, address, {@code If-Match} and body. */
final class CallRendering {

    static final String MEDIA_TYPE = "message/http";
    private static final Pattern HEAD = Pattern.compile(
            "([A-Z]{3,7}) (/[^\\n]*)\\n(?:If-Match: ([^\\n]*)\\n)?(?:Break-Glass-Session: ([^\\n]*)\\n)?\\n",
            Pattern.DOTALL);
    private static final String DECLARATIONS = "/api/v1/declarations";
    private static final Set<String> DIFFERENCE =
            Set.of("digest", "prune", "added", "altered", "removed", "changes", "warnings");
    private static final int LONGEST_HEAD = 16_384;

    /** An id: a word that says its kind, and 26 letters and digits. */
    private static final Pattern ID = Pattern.compile("\\b[a-z]{2,8}_[0-9a-hjkmnp-tv-z]{26}\\b");

    private static final int MOST_NAMED = 100;

    private final Sheet sheet;
    private final SummaryLines summary;
    private final UnaryOperator<String> names;

    CallRendering(Sheet sheet, SummaryLines summary, UnaryOperator<String> names) {
        this.sheet = sheet;
        this.summary = summary;
        this.names = names;
    }

    /** Renders a call; nothing where the bytes are none. */
    Optional<ChangeContent> of(byte[] bytes, byte[] shown) {
        String start = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(start);
        if (!Utf8.isValid(bytes) || !head.lookingAt()) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOfRange(shown, head.end(), shown.length);
        Optional<JsonDocument> json = JsonDocument.read(Arrays.copyOfRange(bytes, head.end(), bytes.length), body);
        String path = part(shown, head, 2);
        boolean declares = head.group(1).equals("POST")
                && path.equals(DECLARATIONS)
                && head.group(3) == null
                && head.group(4) == null;
        Optional<ChangeContent> declaration =
                declares ? json.flatMap(document -> declaration(document.root())) : Optional.empty();
        return declaration.or(() -> Optional.of(call(head, shown, body, json)));
    }

    private static String part(byte[] shown, Matcher head, int group) {
        return Utf8.text(shown, head.start(group), head.end(group));
    }

    private CallContent call(Matcher head, byte[] shown, byte[] body, Optional<JsonDocument> json) {
        String method = sheet.word(head.group(1));
        String path = sheet.word(part(shown, head, 2));
        @Nullable String ifMatch = head.group(3) == null ? null : sheet.word(part(shown, head, 3));
        @Nullable String session = head.group(4) == null ? null : sheet.word(part(shown, head, 4));
        summary.add(method, null, path);
        if (session != null) {
            summary.add("session", null, session);
        }
        json.ifPresent(document -> sum("", document.root()));
        List<ChangeLine> lines = new ArrayList<>();
        if (json.isPresent()) {
            int number = 1;
            for (String line : JsonRendering.lines(json.get().root())) {
                sheet.line(ChangeLine.CONTEXT, null, number++, line, lines);
            }
        } else {
            lines.addAll(sheet.text(ChangeLine.CONTEXT, Utf8.text(body)));
        }
        return new CallContent("call", method, path, ifMatch, session, lines, named(path, body));
    }

    /** What the ids in a call stand for. */
    private Map<String, String> named(String path, byte[] body) {
        Map<String, String> named = new TreeMap<>();
        ID.matcher(path + " " + Utf8.text(body))
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(MOST_NAMED)
                .filter(id -> !names.apply(id).equals(id))
                .forEach(id -> named.put(id, sheet.word(names.apply(id))));
        return named;
    }

    /** Every value with its name. */
    private void sum(String path, JsonPart part) {
        switch (part) {
            case Members members ->
                members.all()
                        .forEach(member -> sum(
                                path.isEmpty()
                                        ? member.name().text()
                                        : path + "." + member.name().text(),
                                member.value()));
            case Elements elements
            when elements.all().stream().anyMatch(element -> !(element instanceof Scalar)) -> {
                for (int at = 0; at < elements.all().size(); at++) {
                    sum(path + "[" + at + "]", elements.all().get(at));
                }
            }
            case Elements elements when elements.all().isEmpty() -> {} // a list of nothing says nothing
            case Elements elements ->
                summary.add(
                        path,
                        null,
                        elements.all().stream()
                                .map(element -> names.apply(String.valueOf(say(element))))
                                .collect(Collectors.joining(", ")));
            case Scalar scalar -> summary.add(path, null, names.apply(scalar.text()));
        }
    }

    private static @Nullable String say(@Nullable JsonPart part) {
        if (part instanceof Elements elements) {
            return elements.all().stream()
                    .map(element -> String.valueOf(say(element)))
                    .collect(Collectors.joining(", "));
        }
        return part == null ? null : part instanceof Scalar scalar ? scalar.text() : JsonRendering.compact(part);
    }

    private Optional<ChangeContent> declaration(JsonPart difference) {
        boolean known = difference instanceof Members members
                && members.hasOnly(DIFFERENCE)
                && difference.list("warnings").isEmpty()
                && difference.at("changes") instanceof Elements
                && difference.list("changes").stream().allMatch(CallRendering::isChange);
        if (!known) {
            return Optional.empty();
        }
        List<Thing> things = new ArrayList<>();
        difference.list("changes").forEach(change -> thing(change, things));
        return Optional.of(new DeclarationContent(
                "declaration",
                sheet.word(difference.text("digest")),
                difference.isTrue("prune"),
                (int) difference.number("added"),
                (int) difference.number("altered"),
                (int) difference.number("removed"),
                things));
    }

    private static boolean isChange(JsonPart change) {
        return change instanceof Members members
                && members.hasOnly(Set.of("change", "kind", "name", "fields"))
                && change.list("fields").stream()
                        .allMatch(field ->
                                field instanceof Members inner && inner.hasOnly(Set.of("field", "before", "after")));
    }

    private void thing(JsonPart change, List<Thing> into) {
        String word = sheet.word(change.text("change"));
        String kind = sheet.word(change.text("kind"));
        String name = sheet.word(change.text("name"));
        boolean here = sheet.row(word, kind, name);
        String what = change.text("kind") + " " + change.text("name");
        switch (change.text("change")) {
            case "add" -> summary.add(what, null, "added");
            case "remove" -> summary.add(what, null, "removed");
            default -> {} // its fields say it
        }
        List<Field> fields = new ArrayList<>();
        for (JsonPart field : change.list("fields")) {
            @Nullable String before = say(field.at("before"));
            @Nullable String after = say(field.at("after"));
            String path = sheet.word(field.text("field"));
            if (change.text("change").equals("alter")) {
                summary.add(change.text("name") + " " + field.text("field"), before, after);
            }
            @Nullable String from = sheet.wordOrNone(before);
            @Nullable String to = sheet.wordOrNone(after);
            if (sheet.row(path, from, to)) {
                fields.add(new Field(path, from, to));
            }
        }
        if (here || !fields.isEmpty()) {
            into.add(new Thing(word, kind, name, fields));
        }
    }
}
