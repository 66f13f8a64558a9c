package io.countersign.core.declaration;

import java.util.List;
import java.util.Optional;

/** What a value in a declaration must be like; the reader checks by it and the schema for editors is made of it. */
sealed interface Shape {

    /** A text that matches a regular expression, described in words. */
    record Words(String pattern, String described) implements Shape {}

    /** A text that something else than an expression judges, such as a span of time or a time zone. */
    record Judged(Judge judge) implements Shape {}

    /** One of a few words. */
    record OneOf(List<String> words) implements Shape {}

    /** A whole number. */
    record Whole(int least, int most) implements Shape {}

    /** True or false. */
    record Truth() implements Shape {}

    /**
     * A list.
     *
     * @param filled whether an empty list, which would match nothing, is refused
     * @param distinct whether naming something twice is refused
     */
    record ListOf(Shape element, int most, boolean filled, boolean distinct) implements Shape {}

    /** Named fields. */
    record Fields(List<Field> fields) implements Shape {

        List<String> names() {
            return fields.stream().map(Field::name).toList();
        }

        Optional<Field> field(String name) {
            return fields.stream().filter(field -> field.name().equals(name)).findFirst();
        }
    }

    /** One named field, and what editors say about it. */
    record Field(String name, Shape shape, boolean required, String described) {}

    /** How a text is judged that no regular expression can judge. */
    enum Judge {
        SPAN("a span of time such as `PT4H` or `P7D`"),
        ZONE("an IANA time zone such as `Europe/Berlin`");

        private final String described;

        Judge(String described) {
            this.described = described;
        }

        String described() {
            return described;
        }
    }

    static Field must(String name, Shape shape, String described) {
        return new Field(name, shape, true, described);
    }

    static Field may(String name, Shape shape, String described) {
        return new Field(name, shape, false, described);
    }

    static Shape some(Shape element, int most) {
        return new ListOf(element, most, false, true);
    }
}
