package io.countersign.server.directory;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A body that a route can read: every field that must be there, with some value of its type. */
final class SampleBody {

    private SampleBody() {}

    static @Nullable Object of(Type type) {
        if (type instanceof ParameterizedType many && many.getRawType() instanceof Class<?> raw) {
            return Collection.class.isAssignableFrom(raw) ? List.of() : Map.of();
        }
        if (!(type instanceof Class<?> plain)) {
            return null;
        }
        if (plain == JsonNode.class) {
            return Map.of();
        }
        if (plain.isRecord()) {
            Map<String, Object> body = new LinkedHashMap<>();
            for (RecordComponent component : plain.getRecordComponents()) {
                Object value = component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                        ? null
                        : of(component.getGenericType());
                if (value != null) {
                    body.put(component.getName(), value);
                }
            }
            return body;
        }
        if (plain.isEnum()) {
            return ((Enum<?>) plain.getEnumConstants()[0])
                    .name()
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-');
        }
        if (plain == boolean.class || plain == Boolean.class) {
            return true;
        }
        if (plain.isPrimitive() || Number.class.isAssignableFrom(plain)) {
            return 1;
        }
        if (plain == Duration.class) {
            return "PT1H";
        }
        return plain == Instant.class ? "2026-03-02T09:00:00Z" : "x";
    }
}
