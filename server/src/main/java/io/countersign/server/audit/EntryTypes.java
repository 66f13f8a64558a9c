package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of the kinds of entries: a record's name in kebab case, so that {@code VoteCast} is {@code vote-cast}. */
final class EntryTypes {

    private static final Pattern WORD_START = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");
    private static final Map<String, Class<? extends Entry>> BY_NAME = Collections.unmodifiableMap(find());

    private EntryTypes() {}

    static String nameOf(Class<?> type) {
        return WORD_START.matcher(type.getSimpleName()).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    static Optional<Class<? extends Entry>> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every name there is, in the order of the alphabet. */
    static SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
    }

    private static Map<String, Class<? extends Entry>> find() {
        Map<String, Class<? extends Entry>> found = new TreeMap<>();
        collect(Entry.class, found);
        return found;
    }

    private static void collect(Class<?> type, Map<String, Class<? extends Entry>> into) {
        if (type.isRecord()) {
            Class<?> other = into.put(nameOf(type), type.asSubclass(Entry.class));
            if (other != null) {
                throw new IllegalStateException(other + " and " + type + " have one name");
            }
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            collect(permitted, into);
        }
    }
}
