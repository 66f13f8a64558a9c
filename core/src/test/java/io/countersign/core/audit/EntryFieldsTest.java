package io.countersign.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An entry is made of named fields all the way down: nothing in it is a bag, or a text that is to be taken apart. */
class EntryFieldsTest {

    private static final Set<Class<?>> PLAIN =
            Set.of(String.class, int.class, long.class, boolean.class, Instant.class, LocalDate.class, Duration.class);

    /** What a text is called that holds more than one thing. */
    private static final Set<String> BAGS =
            Set.of("spec", "json", "body", "data", "content", "details", "fields", "values", "before", "after");

    @Test
    void everyFieldIsAPlainValueARecordOfThisRoomOrAListOfThose() {
        assertThat(entries()).hasSizeGreaterThan(80);
        List<String> wrong = new ArrayList<>();
        everyRecord().forEach(type -> {
            for (RecordComponent field : type.getRecordComponents()) {
                if (!wellFormed(field.getGenericType(), true)) {
                    wrong.add(type.getSimpleName() + "." + field.getName() + ": " + field.getGenericType());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void noTextHoldsFieldsOfItsOwn() {
        List<String> wrong = new ArrayList<>();
        everyRecord().stream().filter(type -> type != FieldChange.class).forEach(type -> {
            for (RecordComponent field : type.getRecordComponents()) {
                boolean text = field.getGenericType().toString().contains(String.class.getName());
                if (text && (BAGS.contains(field.getName()) || field.getName().equals("changes"))) {
                    wrong.add(type.getSimpleName() + "." + field.getName());
                }
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void knowsABagWhenItSeesOne() {
        for (RecordComponent field : Bags.class.getRecordComponents()) {
            assertThat(wellFormed(field.getGenericType(), true))
                    .as(field.getName())
                    .isFalse();
        }
    }

    private record Bags(
            Object anything,
            Map<String, String> map,
            List<Object> things,
            List<List<String>> nested,
            List<?> wild,
            StringBuilder text) {}

    private static boolean wellFormed(Type type, boolean orList) {
        if (type instanceof ParameterizedType list) {
            return orList && list.getRawType() == List.class && wellFormed(list.getActualTypeArguments()[0], false);
        }
        return type instanceof Class<?> plain
                && (PLAIN.contains(plain)
                        || (plain.isRecord() && plain.getPackage().equals(Entry.class.getPackage())));
    }

    /** All kinds of entries, and the records that they are made of. */
    private static Set<Class<?>> everyRecord() {
        Set<Class<?>> all = new LinkedHashSet<>();
        entries().forEach(entry -> collect(entry, all));
        return all;
    }

    private static void collect(Type type, Set<Class<?>> into) {
        if (type instanceof ParameterizedType list) {
            collect(list.getActualTypeArguments()[0], into);
        } else if (type instanceof Class<?> plain && plain.isRecord() && into.add(plain)) {
            for (RecordComponent field : plain.getRecordComponents()) {
                collect(field.getGenericType(), into);
            }
        }
    }

    private static List<Class<?>> entries() {
        List<Class<?>> found = new ArrayList<>();
        kinds(Entry.class, found);
        return found;
    }

    private static void kinds(Class<?> type, List<Class<?>> into) {
        if (type.isRecord()) {
            into.add(type);
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            kinds(permitted, into);
        }
    }
}
