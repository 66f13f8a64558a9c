package io.countersign.server.declaration;

import io.countersign.core.declaration.DeclarationFault;
import io.countersign.core.declaration.Difference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A difference as it is shown, and as it is approved: everything that an application would change.
 *
 * @param digest names exactly these changes; an application that expects it does these or none
 * @param changes by kind and name
 * @param warnings what is accepted but worth a second look
 */
public record DifferenceView(
        String digest,
        boolean prune,
        long added,
        long altered,
        long removed,
        List<ChangeView> changes,
        List<WarningView> warnings) {

    /**
     * One thing that changes.
     *
     * @param change {@code add}, {@code alter} or {@code remove}
     * @param kind {@code person}, {@code team}, {@code role}, {@code account}, {@code cluster}, {@code project},
     *     {@code environment}, {@code template} or {@code binding}
     */
    public record ChangeView(String change, String kind, String name, List<FieldView> fields) {}

    /** A field of a thing before and after, each left out where there is none. */
    public record FieldView(
            String field, @Nullable Object before, @Nullable Object after) {}

    /** Something worth a second look, and where it stands in the documents. */
    public record WarningView(String code, String field, String sentence) {

        static WarningView of(DeclarationFault warning) {
            return new WarningView(warning.code(), DeclarationRefusals.field(warning.pointer()), warning.sentence());
        }
    }

    static DifferenceView of(Difference difference, boolean prune, List<DeclarationFault> warnings) {
        return new DifferenceView(
                difference.digest(),
                prune,
                difference.count("add"),
                difference.count("alter"),
                difference.count("remove"),
                difference.steps().stream()
                        .map(step -> new ChangeView(
                                Difference.word(step),
                                step.thing().kind().word(),
                                step.thing().name(),
                                step.fields().stream()
                                        .map(field -> new FieldView(field.field(), field.before(), field.after()))
                                        .toList()))
                        .toList(),
                warnings.stream().map(WarningView::of).toList());
    }
}
