package io.countersign.server.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/** How the server reads and writes JSON: strictly, so that a misunderstood body is refused and never guessed at. */
public final class StrictJson {

    private static final int DEEPEST = 64;
    private static final int LONGEST_TEXT = 32 * 1024 * 1024;

    private StrictJson() {}

    /**
     * A new mapper. It refuses unknown and repeated members, more than 64 levels, numbers in texts, and the absence of
     * a record's member that is not {@code @Nullable}, and nulls within lists and maps; an absent list or map is an empty
     * one. A text has at most 10,000 characters where no {@link LongText} is said, a list at most 10,000 entries, however
     * much less its own reader takes. It writes no nulls.
     */
    public static JsonMapper mapper() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxStringLength(LONGEST_TEXT)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(new SimpleModule("bounds")
                        .addDeserializer(String.class, new WholeText())
                        .addDeserializer(Instant.class, new UsualInstant())
                        .setValueInstantiators(new RecordInstantiators()))
                .annotationIntrospector(new RecordRules())
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(was -> was.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    /** Lets a mapper call the constructors of records by handles that fit: for those that read many. */
    public static SimpleModule records() {
        return new SimpleModule("records").setValueInstantiators(new RecordInstantiators());
    }

    /** Whether a body must have this component of a record. */
    static boolean isDemanded(RecordComponent component) {
        return !isNullable(component) && component.getType() != Optional.class && !isMany(component.getType());
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static boolean isMany(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
    }

    /** Reads from a record of ours what a body must have: every component that is not said to be nullable. */
    private static final class RecordRules extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            Optional<RecordComponent> component = component(member);
            return component.isPresent()
                    ? Boolean.valueOf(isDemanded(component.get()))
                    : super.hasRequiredMarker(config, member);
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            Optional<RecordComponent> component = component(annotated);
            if (component.isPresent()) {
                if (isMany(component.get().getType())) {
                    return isNullable(component.get())
                            ? JsonSetter.Value.forContentNulls(Nulls.FAIL)
                            : JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY, Nulls.FAIL);
                }
                if (isDemanded(component.get())) {
                    return JsonSetter.Value.forValueNulls(Nulls.FAIL);
                }
            }
            return super.findSetterInfo(config, annotated);
        }

        private static Optional<RecordComponent> component(Annotated annotated) {
            if (annotated instanceof AnnotatedParameter parameter
                    && parameter.getDeclaringClass().isRecord()
                    && parameter.getDeclaringClass().getName().startsWith("io.countersign.")) {
                RecordComponent[] components = parameter.getDeclaringClass().getRecordComponents();
                return parameter.getIndex() < components.length
                        ? Optional.of(components[parameter.getIndex()])
                        : Optional.empty();
            }
            return Optional.empty();
        }
    }
}
