package io.countersign.core.declaration;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.core.generation.ForAll;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The schema for editors and the reader agree on what may be written. */
class SchemaWriterTest {

    private static final Map<String, Object> SCHEMA = SchemaWriter.schema();

    @Test
    void acceptsWhatTheReaderReads() {
        ForAll.examples(200, Organizations::any, organization -> {
            Map<String, Object> document = DeclarationWriter.write(organization);
            assertThat(DeclarationReader.read(List.of(document)).faults()).isEmpty();
            assertThat(fits(document, SCHEMA)).isTrue();
        });
    }

    @Test
    void refusesAFieldMoreOneLessOrOfAnotherTypeWhereTheReaderDoes() {
        ForAll.examples(
                60,
                Organizations::any,
                organization -> spoiled(DeclarationWriter.write(organization)).forEach(document -> {
                    boolean read =
                            DeclarationReader.read(List.of(document)).faults().isEmpty();
                    assertThat(fits(document, SCHEMA))
                            .as(String.valueOf(document))
                            .isEqualTo(read);
                }));
    }

    /** A document with one thing in it spoiled, for each field of each first thing of a list. */
    private static List<Object> spoiled(Map<String, Object> document) {
        List<Object> all = new ArrayList<>();
        document.forEach((section, value) -> {
            if (value instanceof List<?> things && things.getFirst() instanceof Map<?, ?> first) {
                all.add(with(document, section, with(first, "nonsense", 1)));
                first.keySet().forEach(field -> {
                    all.add(with(document, section, with(first, String.valueOf(field), Map.of("x", 1))));
                    all.add(with(document, section, with(first, String.valueOf(field), 7)));
                });
                if (first.containsKey("handle")) {
                    all.add(with(document, section, with(first, "handle", null)));
                }
            }
        });
        return all;
    }

    private static Map<String, Object> with(Map<String, Object> document, String section, Map<?, ?> only) {
        Map<String, Object> changed = new LinkedHashMap<>(document);
        changed.put(section, List.of(only));
        return changed;
    }

    private static Map<Object, Object> with(Map<?, ?> tree, String field, @Nullable Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>(tree);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    /** As much of JSON Schema as the schema uses. */
    private static boolean fits(@Nullable Object value, Map<?, ?> schema) {
        if (schema.get("enum") instanceof List<?> words) {
            return words.contains(value);
        }
        return switch (String.valueOf(schema.get("type"))) {
            case "string" ->
                value instanceof String text
                        && (!(schema.get("pattern") instanceof String pattern)
                                || Pattern.compile(pattern).matcher(text).find());
            case "integer" ->
                value instanceof Integer number
                        && number >= number(schema, "minimum")
                        && number <= number(schema, "maximum");
            case "boolean" -> value instanceof Boolean;
            case "array" -> array(value, schema);
            default -> object(value, schema);
        };
    }

    private static boolean array(@Nullable Object value, Map<?, ?> schema) {
        return value instanceof List<?> list
                && list.size() <= number(schema, "maxItems")
                && (!schema.containsKey("minItems") || !list.isEmpty())
                && (!schema.containsKey("uniqueItems")
                        || list.stream().distinct().count() == list.size())
                && list.stream().allMatch(element -> fits(element, inner(schema, "items")));
    }

    private static boolean object(@Nullable Object value, Map<?, ?> schema) {
        Map<?, ?> properties = inner(schema, "properties");
        return value instanceof Map<?, ?> tree
                && (!(schema.get("required") instanceof List<?> required)
                        || tree.keySet().containsAll(required))
                && tree.entrySet().stream()
                        .allMatch(entry -> properties.get(entry.getKey()) instanceof Map<?, ?> property
                                && fits(entry.getValue(), property));
    }

    private static int number(Map<?, ?> schema, String name) {
        return schema.get(name) instanceof Integer number ? number : 0;
    }

    private static Map<?, ?> inner(Map<?, ?> schema, String name) {
        return schema.get(name) instanceof Map<?, ?> inner ? inner : Map.of();
    }
}
