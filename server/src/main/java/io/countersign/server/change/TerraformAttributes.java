package io.countersign.server.change;

import io.countersign.server.change.JsonPart.Elements;
import io.countersign.server.change.JsonPart.Form;
import io.countersign.server.change.JsonPart.Member;
import io.countersign.server.change.JsonPart.Members;
import io.countersign.server.change.JsonPart.Scalar;
import io.countersign.server.change.TerraformContent.Attribute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the attributes that a change of a Terraform plan changes. */
final class TerraformAttributes {

    private static final String COVERED = "(sensitive)";
    private static final int LONGEST_INLINE = 200;
    private static final int MOST_IN_SUMMARY = 20;

    /**
     * What was found.
     *
     * @param attributes those that belong into this answer
     * @param summary the first of all that change
     */
    record Found(List<Attribute> attributes, List<Attribute> summary, int unchanged) {}

    /** One value with what the plan says about it; each may be none. */
    private record Value(
            @Nullable JsonPart before,
            @Nullable JsonPart after,
            @Nullable JsonPart unknown,
            @Nullable JsonPart beforeSensitive,
            @Nullable JsonPart afterSensitive) {

        Value member(String name) {
            return new Value(
                    in(before, name),
                    in(after, name),
                    in(unknown, name),
                    in(beforeSensitive, name),
                    in(afterSensitive, name));
        }

        Value element(int at) {
            return new Value(
                    in(before, at), in(after, at), in(unknown, at), in(beforeSensitive, at), in(afterSensitive, at));
        }

        boolean isSensitive() {
            return says(beforeSensitive) || says(afterSensitive);
        }

        boolean isUnknown() {
            return says(unknown);
        }

        /** Whether marks lie deeper, so that the value has to be taken apart. */
        boolean isMarkedWithin() {
            return marked(beforeSensitive) || marked(afterSensitive) || marked(unknown);
        }

        private static boolean marked(@Nullable JsonPart mark) {
            return (mark instanceof Members members && !members.all().isEmpty())
                    || (mark instanceof Elements elements && !elements.all().isEmpty());
        }

        private static boolean says(@Nullable JsonPart mark) {
            return mark instanceof Scalar scalar && scalar.form() == Form.TRUE;
        }

        /** A mark of the whole is a mark of each part. */
        private static @Nullable JsonPart in(@Nullable JsonPart part, String name) {
            return part instanceof Members members ? members.get(name) : says(part) ? part : null;
        }

        private static @Nullable JsonPart in(@Nullable JsonPart part, int at) {
            if (part instanceof Elements elements) {
                return at < elements.all().size() ? elements.all().get(at) : null;
            }
            return says(part) ? part : null;
        }
    }

    private final Sheet sheet;

    TerraformAttributes(Sheet sheet) {
        this.sheet = sheet;
    }

    Found of(@Nullable JsonPart change) {
        Walk walk = new Walk(change == null ? List.of() : change.list("replace_paths"));
        if (change != null) {
            walk.compare(
                    "",
                    new Value(
                            present(change.at("before")),
                            present(change.at("after")),
                            change.at("after_unknown"),
                            change.at("before_sensitive"),
                            change.at("after_sensitive")));
        }
        return new Found(walk.found, walk.first, walk.unchanged);
    }

    private static @Nullable JsonPart present(@Nullable JsonPart part) {
        return part instanceof Scalar scalar && scalar.form() == Form.NULL ? null : part;
    }

    /** One pass over a change. */
    private final class Walk {

        private final Set<String> replacing;
        private final List<Attribute> found = new ArrayList<>();
        private final List<Attribute> first = new ArrayList<>();
        private int unchanged;

        Walk(List<JsonPart> replacePaths) {
            replacing = replacePaths.stream()
                    .map(path -> path.list().stream()
                            .map(step -> step instanceof Scalar scalar && scalar.form() == Form.NUMBER
                                    ? "[" + scalar.written() + "]"
                                    : "." + step.text())
                            .collect(Collectors.joining()))
                    .collect(Collectors.toSet());
        }

        void compare(String path, Value value) {
            JsonPart before = present(value.before());
            JsonPart after = present(value.after());
            if (!value.isUnknown() && same(before, after) && !value.isMarkedWithin()) {
                unchanged++;
            } else if (!value.isSensitive() && !value.isUnknown() && opens(before, after, value)) {
                names(before, after, value.unknown()).forEach(name -> compare(path + "." + name, value.member(name)));
                int size = Math.max(size(value.unknown()), Math.max(size(before), size(after)));
                for (int at = 0; at < size; at++) {
                    compare(path + "[" + at + "]", value.element(at));
                }
            } else if (!value.isUnknown() && same(before, after)) {
                unchanged++;
            } else {
                attribute(path, before, after, value);
            }
        }

        private boolean same(@Nullable JsonPart before, @Nullable JsonPart after) {
            return before == null ? after == null : after != null && before.equalsIn(after);
        }

        /** Whether both are objects, or lists of more than plain values; one may be missing. */
        private boolean opens(@Nullable JsonPart before, @Nullable JsonPart after, Value value) {
            boolean objects = (before instanceof Members || before == null)
                    && (after instanceof Members || after == null)
                    && !(before == null && after == null && !(value.unknown() instanceof Members));
            boolean lists = (before instanceof Elements || before == null)
                    && (after instanceof Elements || after == null)
                    && (isDeep(before) || isDeep(after) || value.isMarkedWithin());
            return objects || lists;
        }

        private boolean isDeep(@Nullable JsonPart part) {
            return part instanceof Elements elements
                    && elements.all().stream().anyMatch(element -> !(element instanceof Scalar));
        }

        private int size(@Nullable JsonPart part) {
            return part instanceof Elements elements ? elements.all().size() : 0;
        }

        private Set<String> names(@Nullable JsonPart... parts) {
            Set<String> names = new LinkedHashSet<>();
            for (JsonPart part : parts) {
                if (part instanceof Members members) {
                    members.all()
                            .forEach((Member member) -> names.add(member.name().text()));
                }
            }
            return names;
        }

        private void attribute(String path, @Nullable JsonPart before, @Nullable JsonPart after, Value value) {
            boolean replaces = replacing.contains(path);
            String name = sheet.word(path.startsWith(".") ? path.substring(1) : path.isEmpty() ? "value" : path);
            String old = value.isSensitive() && before != null ? COVERED : say(before);
            String young = value.isSensitive() && after != null ? COVERED : say(after);
            if (value.isSensitive() || (isShort(old) && isShort(young))) {
                String shownOld = sheet.wordOrNone(old);
                String shownNew = sheet.wordOrNone(young);
                Attribute attribute = new Attribute(
                        name, shownOld, shownNew, value.isSensitive(), value.isUnknown(), replaces, List.of());
                keep(attribute, sheet.row(name, shownOld, shownNew));
                return;
            }
            boolean here = sheet.row(name);
            List<ChangeLine> lines = TextDifference.between(old == null ? "" : old, young == null ? "" : young, sheet);
            keep(new Attribute(name, null, null, false, value.isUnknown(), replaces, lines), here || !lines.isEmpty());
        }

        private void keep(Attribute attribute, boolean here) {
            if (first.size() < MOST_IN_SUMMARY) {
                first.add(attribute);
            }
            if (here) {
                found.add(attribute);
            }
        }

        private boolean isShort(@Nullable String text) {
            return text == null || (text.length() <= LONGEST_INLINE && text.indexOf('\n') < 0);
        }

        private @Nullable String say(@Nullable JsonPart part) {
            return part == null ? null : part instanceof Scalar scalar ? scalar.text() : JsonRendering.compact(part);
        }
    }
}
