package io.countersign.core.declaration;

import io.countersign.core.action.PayloadDigest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen for an organization to become what is declared.
 *
 * @param steps by kind and key, in the order of the kinds
 */
public record Difference(List<Step> steps) {

    /** One thing that is added, altered or removed. */
    public sealed interface Step {

        /** The thing as it will be, or as it was before its removal. */
        Declared thing();

        /** What changes in it, field by field; nothing for a removal. */
        List<FieldStep> fields();
    }

    /** Something new. */
    public record Addition(Declared thing) implements Step {

        @Override
        public List<FieldStep> fields() {
            return compare(Map.of(), flat(thing));
        }
    }

    /** Something that is there and says something else afterwards. */
    public record Alteration(Declared before, Declared thing) implements Step {

        @Override
        public List<FieldStep> fields() {
            return compare(flat(before), flat(thing));
        }
    }

    /** Something that is there and is declared no more. */
    public record Removal(Declared thing) implements Step {

        @Override
        public List<FieldStep> fields() {
            return List.of();
        }
    }

    /**
     * One field, its path in dots, before and after; a text, a number, a truth, or a list.
     *
     * @param before nothing for a field that was not there
     * @param after nothing for a field that is there no more
     */
    public record FieldStep(
            String field, @Nullable Object before, @Nullable Object after) {}

    public Difference {
        steps = List.copyOf(steps);
    }

    /**
     * Compares.
     *
     * @param prune whether what the lists of the files lack is removed
     */
    public static Difference between(Declaration present, Declaration wanted, boolean prune) {
        List<Step> steps = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        for (DeclaredKind kind : DeclaredKind.values()) {
            Map<String, Step> ofKind = new TreeMap<>();
            for (Declared thing : wanted.all(kind)) {
                Declared there = present.find(kind, thing.key()).orElse(null);
                if (there == null) {
                    ofKind.put(thing.key(), new Addition(thing));
                } else {
                    Declared after = thing.over(there);
                    if (!after.tree().equals(there.tree())) {
                        ofKind.put(thing.key(), new Alteration(there, after));
                    }
                }
            }
            for (Declared there : present.all(kind)) {
                boolean gone = prune && wanted.find(kind, there.key()).isEmpty() && wanted.lacks(there);
                if (gone || endsWithItsTemplate(there, ended)) {
                    ofKind.put(there.key(), new Removal(there));
                    if (kind == DeclaredKind.TEMPLATE) {
                        ended.add(there.key());
                    }
                }
            }
            steps.addAll(ofKind.values());
        }
        return new Difference(steps);
    }

    private static boolean endsWithItsTemplate(Declared there, Set<String> ended) {
        return there instanceof Declared.Bond bond
                && ended.contains(bond.template().toLowerCase(Locale.ROOT));
    }

    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** What was there, with all of this done to it. */
    public Declaration applied(Declaration present) {
        List<Declared> there = new ArrayList<>();
        List<Declared> gone = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Addition added -> there.add(added.thing());
                case Alteration altered -> there.add(altered.thing());
                case Removal removed -> gone.add(removed.thing());
            }
        }
        return present.with(there, gone);
    }

    /** The digest by which two differences are known to be the same one. */
    public String digest() {
        StringBuilder text = new StringBuilder("countersign/difference/v1\n");
        for (Step step : steps) {
            text.append(word(step)).append(' ').append(step.thing().kind().word());
            say(text, step.thing().name());
            for (FieldStep field : step.fields()) {
                say(text, field.field());
                say(text, Objects.toString(field.before()));
                say(text, Objects.toString(field.after()));
            }
            text.append('\n');
        }
        return PayloadDigest.of(text.toString().getBytes(StandardCharsets.UTF_8))
                .value();
    }

    private static void say(StringBuilder text, String word) {
        text.append(' ').append(word.length()).append(':').append(word);
    }

    /** What a step does: {@code add}, {@code alter} or {@code remove}. */
    public static String word(Step step) {
        return switch (step) {
            case Addition _ -> "add";
            case Alteration _ -> "alter";
            case Removal _ -> "remove";
        };
    }

    private static Map<String, Object> flat(Declared thing) {
        Map<String, Object> flat = new TreeMap<>();
        thing.tree().forEach((field, value) -> flatten(field, value, flat));
        return flat;
    }

    private static void flatten(String path, Object value, Map<String, Object> into) {
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((field, inner) -> {
                if (inner != null) {
                    flatten(path + "." + field, inner, into);
                }
            });
        } else {
            into.put(path, value);
        }
    }

    private static List<FieldStep> compare(Map<String, Object> before, Map<String, Object> after) {
        List<FieldStep> steps = new ArrayList<>();
        TreeSet<String> fields = new TreeSet<>(before.keySet());
        fields.addAll(after.keySet());
        for (String field : fields) {
            if (!Objects.equals(before.get(field), after.get(field))) {
                steps.add(new FieldStep(field, before.get(field), after.get(field)));
            }
        }
        return steps;
    }

    /** How many steps do this: {@code add}, {@code alter} or {@code remove}. */
    public long count(String word) {
        return steps.stream().filter(step -> word(step).equals(word)).count();
    }

    /** One thing before and after. */
    public record Altered<T extends Declared>(T before, T after) {}

    /** The new things of a type. */
    public <T extends Declared> List<T> added(Class<T> type) {
        return steps.stream()
                .filter(Addition.class::isInstance)
                .map(Step::thing)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The things of a type that say something else afterwards. */
    public <T extends Declared> List<Altered<T>> altered(Class<T> type) {
        return steps.stream()
                .filter(Alteration.class::isInstance)
                .map(Alteration.class::cast)
                .filter(step -> type.isInstance(step.thing()))
                .map(step -> new Altered<>(type.cast(step.before()), type.cast(step.thing())))
                .toList();
    }

    /** The things of a type that are declared no more. */
    public <T extends Declared> List<T> removed(Class<T> type) {
        return steps.stream()
                .filter(Removal.class::isInstance)
                .map(Step::thing)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
