package io.countersign.core.declaration;

import io.countersign.core.declaration.Shape.Field;
import io.countersign.core.declaration.Shape.Fields;
import io.countersign.core.declaration.Shape.Judge;
import io.countersign.core.declaration.Shape.Judged;
import io.countersign.core.declaration.Shape.ListOf;
import io.countersign.core.declaration.Shape.OneOf;
import io.countersign.core.declaration.Shape.Truth;
import io.countersign.core.declaration.Shape.Whole;
import io.countersign.core.declaration.Shape.Words;
import java.math.BigInteger;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares a plain tree with the shape it must have, and tells every difference with its place. */
final class ShapeCheck {

    private static final int SHOWN = 60;
    private static final Map<String, Pattern> PATTERNS = new HashMap<>();

    static {
        compile(Format.DOCUMENT);
    }

    private final Consumer<DeclarationFault> faults;

    ShapeCheck(Consumer<DeclarationFault> faults) {
        this.faults = faults;
    }

    private static void compile(Shape shape) {
        switch (shape) {
            case Words words -> PATTERNS.put(words.pattern(), Pattern.compile(words.pattern()));
            case ListOf list -> compile(list.element());
            case Fields fields -> fields.fields().forEach(field -> compile(field.shape()));
            case Judged _, OneOf _, Whole _, Truth _ -> {}
        }
    }

    /** Whether the value has the shape; each way in which it has not is told. */
    boolean fits(@Nullable Object value, Shape shape, String pointer) {
        return switch (shape) {
            case Words words -> words(value, words, pointer);
            case Judged judged -> judged(value, judged.judge(), pointer);
            case OneOf oneOf -> oneOf(value, oneOf.words(), pointer);
            case Whole whole -> whole(value, whole, pointer);
            case Truth _ ->
                value instanceof Boolean
                        || wrong(pointer, "wrong-type", "this is `true` or `false`, not " + said(value));
            case ListOf list -> list(value, list, pointer);
            case Fields fields -> fields(value, fields, pointer);
        };
    }

    private boolean words(@Nullable Object value, Words words, String pointer) {
        if (!(value instanceof String text)) {
            return wrong(pointer, "wrong-type", "this is " + words.described() + ", not " + said(value));
        }
        Pattern pattern = PATTERNS.get(words.pattern());
        boolean whole = pattern != null && pattern.matcher(text).matches() && isWhole(text);
        return whole || wrong(pointer, "wrong-value", "this is " + words.described() + ", not " + said(value));
    }

    /** Without a NUL and without half of a character: such texts cannot be kept. */
    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(
                        point -> point == 0 || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE));
    }

    private boolean judged(@Nullable Object value, Judge judge, String pointer) {
        boolean good = value instanceof String text
                && switch (judge) {
                    case SPAN -> isSpan(text);
                    case ZONE -> ZoneId.getAvailableZoneIds().contains(text);
                };
        return good || wrong(pointer, "wrong-value", "this is " + judge.described() + ", not " + said(value));
    }

    private static boolean isSpan(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException | ArithmeticException none) {
            return false;
        }
    }

    private boolean oneOf(@Nullable Object value, List<String> words, String pointer) {
        if (value instanceof String text && words.contains(text)) {
            return true;
        }
        String known = words.size() == 1 ? "`" + words.getFirst() + "`" : "one of " + String.join(", ", words);
        return wrong(pointer, "wrong-value", "this is " + known + ", not " + said(value));
    }

    private boolean whole(@Nullable Object value, Whole whole, String pointer) {
        boolean fits = switch (value) {
            case Integer number -> number >= whole.least() && number <= whole.most();
            case Long number -> number >= whole.least() && number <= whole.most();
            case BigInteger _ -> false;
            case null, default -> false;
        };
        return fits
                || wrong(
                        pointer,
                        "out-of-range",
                        "this is a whole number from " + whole.least() + " to " + whole.most() + ", not "
                                + said(value));
    }

    private boolean list(@Nullable Object value, ListOf list, String pointer) {
        if (!(value instanceof List<?> elements)) {
            return wrong(pointer, "wrong-type", "this is a list, not " + said(value));
        }
        if (list.filled() && elements.isEmpty()) {
            return wrong(pointer, "empty-list", "an empty list would match nothing; leave it out to match everything");
        }
        if (elements.size() > list.most()) {
            return wrong(pointer, "too-many", "at most " + list.most() + " can be listed");
        }
        boolean fits = true;
        Map<Object, Integer> seen = new HashMap<>();
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            fits &= fits(element, list.element(), pointer + "/" + i);
            if (list.distinct() && element instanceof String text) {
                Integer first = seen.putIfAbsent(TemplateTree.handle(text), i);
                if (first != null) {
                    faults.accept(new DeclarationFault(
                            pointer + "/" + i,
                            "listed-twice",
                            "`" + text + "` is listed twice",
                            pointer + "/" + first));
                    fits = false;
                }
            }
        }
        return fits;
    }

    private boolean fields(@Nullable Object value, Fields shape, String pointer) {
        if (!(value instanceof Map<?, ?> tree)) {
            return wrong(
                    pointer,
                    "wrong-type",
                    "here are fields such as `" + shape.names().getFirst() + ":`, not " + said(value));
        }
        boolean fits = true;
        for (Map.Entry<?, ?> entry : tree.entrySet()) {
            String name = String.valueOf(entry.getKey());
            Field field = shape.field(name).orElse(null);
            if (field == null) {
                fits = unknown(name, shape, pointer);
            } else if (entry.getValue() == null) {
                fits = wrong(
                        pointer + "/" + name,
                        "no-value",
                        "`" + name + "` has no value; write one, or leave the field out");
            } else {
                fits &= fits(entry.getValue(), field.shape(), pointer + "/" + name);
            }
        }
        for (Field field : shape.fields()) {
            if (field.required() && !tree.containsKey(field.name())) {
                fits = wrong(pointer, "missing", missing(field));
            }
        }
        return fits;
    }

    private static String missing(Field field) {
        return field.name().equals(Format.HEADER)
                ? "a document begins with `" + Format.HEADER + ": " + Format.VERSION + "`"
                : "`" + field.name() + "` is missing";
    }

    private boolean unknown(String name, Fields shape, String pointer) {
        String likely = Nearest.likely(name, shape.names())
                .map(word -> "did you mean `" + word + "`?")
                .orElse("known are " + String.join(", ", shape.names()));
        return wrong(
                pointer + "/" + escaped(name), "unknown-field", "there is no field `" + shown(name) + "`; " + likely);
    }

    private boolean wrong(String pointer, String code, String sentence) {
        faults.accept(DeclarationFault.of(pointer, code, sentence));
        return false;
    }

    /** A name as a segment of a JSON pointer (RFC 6901). */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static String said(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "fields of its own";
            default -> "`" + shown(String.valueOf(value)) + "`";
        };
    }

    private static String shown(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.length() == text.length() && text.length() <= SHOWN
                ? text
                : line.substring(0, Math.min(SHOWN, line.length())) + "...";
    }
}
