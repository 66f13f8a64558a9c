package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An entry of every kind there is, made of its record's fields. */
public final class EntrySamples {

    private EntrySamples() {}

    /** A full sample of each kind by its name; every truth value in it is true. */
    public static Map<String, Entry> everyKind() {
        Map<String, Entry> samples = new TreeMap<>();
        EntryTypes.names()
                .forEach(name -> samples.put(name, of(EntryTypes.named(name).orElseThrow(), false)));
        return samples;
    }

    /** A sample of this kind; a sparse one lacks what may be absent, and its lists are empty. */
    static <T> T of(Class<T> type, boolean sparse) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            boolean absent = sparse && components[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
            values[i] = absent ? null : value(components[i].getGenericType(), sparse);
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Object value(Type type, boolean sparse) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return sparse ? List.of() : List.of(value(list.getActualTypeArguments()[0], false));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return "AR-\"1\"\n\u20ac";
        } else if (plain == int.class || plain == Integer.class) {
            return 3;
        } else if (plain == long.class || plain == Long.class) {
            return 1L << 60;
        } else if (plain == boolean.class || plain == Boolean.class) {
            return true;
        } else if (plain == Instant.class) {
            return Instant.parse("2026-03-02T09:00:00.123456Z");
        } else if (plain == Duration.class) {
            return Duration.ofMinutes(90);
        } else if (plain == LocalDate.class) {
            return LocalDate.of(2026, 3, 2);
        } else if (plain.isRecord()) {
            return of(plain, sparse);
        }
        throw new IllegalStateException("an entry holds plain values, not " + plain);
    }
}
