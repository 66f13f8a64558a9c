package io.countersign.core.declaration;

import io.countersign.core.declaration.Shape.Field;
import io.countersign.core.declaration.Shape.Fields;
import io.countersign.core.declaration.Shape.Judged;
import io.countersign.core.declaration.Shape.ListOf;
import io.countersign.core.declaration.Shape.OneOf;
import io.countersign.core.declaration.Shape.Truth;
import io.countersign.core.declaration.Shape.Whole;
import io.countersign.core.declaration.Shape.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the format as a JSON Schema (draft 2020-12), for editors: it is made of what the reader checks by. */
public final class SchemaWriter {

    private SchemaWriter() {}

    /** The schema of one document, as a plain tree. */
    public static Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Countersign declaration, version " + Format.VERSION);
        schema.putAll(of(Format.DOCUMENT));
        return schema;
    }

    private static Map<String, Object> of(Shape shape) {
        Map<String, Object> schema = new LinkedHashMap<>();
        switch (shape) {
            case Words words -> {
                schema.put("type", "string");
                schema.put("description", words.described());
                String pattern = portable(words.pattern());
                if (pattern != null) {
                    schema.put("pattern", pattern);
                }
            }
            case Judged judged -> {
                schema.put("type", "string");
                schema.put("description", judged.judge().described());
            }
            case OneOf oneOf -> schema.put("enum", oneOf.words());
            case Whole whole -> {
                schema.put("type", "integer");
                schema.put("minimum", whole.least());
                schema.put("maximum", whole.most());
            }
            case Truth _ -> schema.put("type", "boolean");
            case ListOf list -> list(list, schema);
            case Fields fields -> fields(fields, schema);
        }
        return schema;
    }

    /** Regular expressions of Java that mean the same in a schema; the others are left to the reader. */
    private static @Nullable String portable(String pattern) {
        return pattern.contains("(?") || pattern.contains("\\p") ? null : "^(" + pattern + ")$";
    }

    private static void list(ListOf list, Map<String, Object> schema) {
        schema.put("type", "array");
        schema.put("items", of(list.element()));
        schema.put("maxItems", list.most());
        if (list.filled()) {
            schema.put("minItems", 1);
        }
        if (list.distinct()) {
            schema.put("uniqueItems", true);
        }
    }

    private static void fields(Fields fields, Map<String, Object> schema) {
        schema.put("type", "object");
        Map<String, Object> properties = new LinkedHashMap<>();
        for (Field field : fields.fields()) {
            Map<String, Object> property = of(field.shape());
            property.put("description", field.described());
            properties.put(field.name(), property);
        }
        schema.put("properties", properties);
        List<String> required = fields.fields().stream()
                .filter(Field::required)
                .map(Field::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
    }
}
