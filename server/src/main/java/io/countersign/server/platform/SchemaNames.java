package io.countersign.server.platform;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/** Names the records of the OpenAPI document: {@code TemplateApi.Saved} is {@code TemplateSaved}, so that none collide. */
final class SchemaNames extends TypeNameResolver {

    private static final String API = "Api";

    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        Class<?> enclosing = type.getEnclosingClass();
        String name = enclosing == null ? super.nameForClass(type, options) : prefix(enclosing) + type.getSimpleName();
        if (type.isRecord()) {
            records.put(name, type);
        }
        return name;
    }

    @Override
    protected String nameForGenericType(JavaType type, Set<Options> options) {
        String name = super.nameForGenericType(type, options);
        if (type.getRawClass().isRecord()) {
            records.put(name, type.getRawClass());
        }
        return name;
    }

    private static String prefix(Class<?> enclosing) {
        String name = enclosing.getSimpleName();
        return name.endsWith(API) ? name.substring(0, name.length() - API.length()) : name;
    }

    /** The fields that an answer of this schema always has: those that are not {@code @Nullable}. */
    List<String> alwaysThere(String schema) {
        return fields(schema, component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class));
    }

    /** The fields that a body of this schema must have; empty for what is no record of ours. */
    List<String> demanded(String schema) {
        return fields(schema, StrictJson::isDemanded);
    }

    /** Whether a text has another bound than that of all texts. */
    boolean mayBeLong(String schema, String field) {
        return fields(schema, SchemaNames::isLong).contains(field);
    }

    private static boolean isLong(RecordComponent component) {
        JsonDeserialize said = component.getAccessor().getAnnotation(JsonDeserialize.class);
        return said != null && said.using() == LongText.class;
    }

    /** The schema that a field is at home in: this one, or that of the record it is unwrapped from. */
    String home(String schema, String field) {
        Class<?> type = records.get(schema);
        return type == null
                ? schema
                : Stream.of(type.getRecordComponents())
                        .filter(SchemaNames::isUnwrapped)
                        .map(RecordComponent::getType)
                        .filter(inner -> components(inner)
                                .anyMatch(component -> component.getName().equals(field)))
                        .map(inner -> home(nameForClass(inner, Set.of()), field))
                        .findFirst()
                        .orElse(schema);
    }

    private List<String> fields(String schema, Predicate<RecordComponent> wanted) {
        Class<?> type = records.get(schema);
        return type == null
                ? List.of()
                : components(type).filter(wanted).map(RecordComponent::getName).toList();
    }

    /** Those of the record, and of the records that are written as if their fields were its own. */
    private static Stream<RecordComponent> components(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .flatMap(component -> isUnwrapped(component) ? components(component.getType()) : Stream.of(component));
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }
}
