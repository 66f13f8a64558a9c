package io.countersign.server.change;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A value in a JSON document, and which bytes of the document it is; texts and numbers are read when they are asked for. */
sealed interface JsonPart {

    JsonDocument document();

    /** The first byte. */
    int start();

    /** The byte after the last. */
    int end();

    /** Its bytes as they are shown. */
    default byte[] bytes() {
        return Arrays.copyOfRange(document().shown(), start(), end());
    }

    /** What a value without members is. */
    enum Form {
        TEXT,
        NUMBER,
        TRUE,
        FALSE,
        NULL
    }

    /** An object: its members in their order, names that occur twice included. */
    record Members(JsonDocument document, List<Member> all, int start, int end) implements JsonPart {

        @Nullable
        JsonPart get(String name) {
            return document.find(this, name);
        }

        boolean isWithoutTwins() {
            Set<String> seen = new HashSet<>();
            return all.stream().allMatch(member -> seen.add(member.name().text()));
        }

        /** Whether no name but these occurs, and none twice. */
        boolean hasOnly(Set<String> names) {
            Set<String> seen = new HashSet<>();
            return all.stream()
                    .map(member -> member.name().text())
                    .allMatch(name -> names.contains(name) && seen.add(name));
        }
    }

    /** One member of an object. */
    record Member(Scalar name, JsonPart value) {}

    /** A list. */
    record Elements(JsonDocument document, List<JsonPart> all, int start, int end) implements JsonPart {}

    /** A value without members. */
    record Scalar(JsonDocument document, Form form, int start, int end) implements JsonPart {

        /** As it is written in the document, quotes and escapes included. */
        String written() {
            return Utf8.text(document.shown(), start, end);
        }

        /** What it says. */
        String text() {
            return said(document.shown());
        }

        /** What it truly says, secrets included: to compare with, never to be shown. */
        String truth() {
            return said(document.bytes());
        }

        private String said(byte[] bytes) {
            return form == Form.TEXT
                    ? JsonEscapes.read(Utf8.text(bytes, start + 1, end - 1))
                    : Utf8.text(bytes, start, end);
        }
    }

    /** Whether both truly say the same, covered or not; blanks and the order of members do not count. */
    default boolean equalsIn(JsonPart other) {
        return switch (this) {
            case Scalar scalar ->
                other instanceof Scalar that
                        && scalar.form() == that.form()
                        && scalar.truth().equals(that.truth());
            case Elements elements -> {
                boolean same = other instanceof Elements that
                        && elements.all().size() == that.all().size();
                for (int i = 0; same && i < elements.all().size(); i++) {
                    same = elements.all()
                            .get(i)
                            .equalsIn(((Elements) other).all().get(i));
                }
                yield same;
            }
            case Members members ->
                other instanceof Members that
                        && members.all().size() == that.all().size()
                        && members.all().stream().allMatch(member -> {
                            JsonPart there = that.get(member.name().text());
                            return there != null && member.value().equalsIn(there);
                        });
        };
    }

    /** The value behind these names, or none. */
    default @Nullable JsonPart at(String... path) {
        JsonPart here = this;
        for (String name : path) {
            here = here instanceof Members members ? members.get(name) : null;
            if (here == null) {
                return null;
            }
        }
        return here;
    }

    /** The text behind these names; empty where there is none. Numbers as they are written. */
    default String text(String... path) {
        String text = optional(path);
        return text == null ? "" : text;
    }

    /** The text behind these names, where there is one. */
    default @Nullable String optional(String... path) {
        return at(path) instanceof Scalar scalar && scalar.form() != Form.NULL ? scalar.text() : null;
    }

    /** The elements of the list behind these names; none where there is no list. */
    default List<JsonPart> list(String... path) {
        return at(path) instanceof Elements elements ? elements.all() : List.of();
    }

    /** The members of the object behind these names; none where there is no object. */
    default List<Member> members(String... path) {
        return at(path) instanceof Members members ? members.all() : List.of();
    }

    /** Whether there is a {@code true} behind these names. */
    default boolean isTrue(String... path) {
        return at(path) instanceof Scalar scalar && scalar.form() == Form.TRUE;
    }

    /** The whole number behind these names; 0 where there is none that fits. */
    default long number(String... path) {
        try {
            return at(path) instanceof Scalar scalar && scalar.form() == Form.NUMBER
                    ? Long.parseLong(scalar.written())
                    : 0;
        } catch (NumberFormatException other) {
            return 0;
        }
    }

    /** The texts of a list, where it is one of texts only. */
    default @Nullable List<String> texts(String... path) {
        List<JsonPart> all = list(path);
        boolean onlyTexts =
                all.stream().allMatch(element -> element instanceof Scalar scalar && scalar.form() == Form.TEXT);
        return at(path) instanceof Elements && onlyTexts
                ? all.stream().map(JsonPart::text).toList()
                : null;
    }
}
