package io.countersign.server.gate;

import io.countersign.core.gate.Trial.Shift;
import io.countersign.server.platform.Cursors;
import io.countersign.server.platform.Paging;
import io.countersign.server.platform.ProblemException;
import io.countersign.server.policy.Drafts.DraftBinding;
import io.countersign.server.policy.Drafts.DraftForm;
import io.countersign.server.policy.TemplateForm;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is to be tried on the asks of the last days.
 *
 * @param days how long the window is, 1 to 90 days; 30 when left out
 * @param until its end, now when left out
 * @param examples which asks to show one by one: a shift such as {@code newly-held}, or {@code could-not-be-met}; all that
 *     change when left out
 * @param limit how many examples, 0 to 200; 20 when left out
 * @param cursor the {@code nextCursor} of the examples of an earlier answer
 */
record ReplayForm(
        @Nullable TemplateForm template,
        @Nullable String templateId,
        @Nullable List<DraftBinding> bindings,
        @Nullable List<String> removedBindings,
        @Nullable Integer days,
        @Nullable Instant until,
        @Nullable String examples,
        @Nullable Integer limit,
        @Nullable String cursor) {

    static final int MOST_DAYS = 90;

    private static final String LIST = "examples of a replay";
    private static final int USUAL_DAYS = 30;
    private static final int USUAL_EXAMPLES = 20;
    private static final String NOT_MET = "could-not-be-met";

    /** The ask an example stands for, by which a page of examples goes on. */
    record Position(Instant at, String id) {

        String cursor() {
            return Cursors.write(LIST, at + " " + id);
        }

        /** Whether an ask lies behind this one, newest first. */
        boolean precedes(Instant otherAt, String otherId) {
            int order = otherAt.compareTo(at);
            return order < 0 || (order == 0 && otherId.compareTo(id) < 0);
        }
    }

    DraftForm draft() {
        return new DraftForm(template, templateId, bindings, removedBindings);
    }

    /** The length of the window. */
    Duration length() {
        int wanted = days == null ? USUAL_DAYS : days;
        if (wanted < 1 || wanted > MOST_DAYS) {
            throw ProblemException.badField("out-of-range", "days", "`days` is a whole number from 1 to " + MOST_DAYS);
        }
        return Duration.ofDays(wanted);
    }

    /** The end of the window, at most now. */
    Instant end(Instant now) {
        if (until != null && until.isAfter(now)) {
            throw ProblemException.badField(
                    "wrong-value", "until", "`until` is not in the future: nothing has been asked there yet");
        }
        if (until != null && until.isBefore(Instant.EPOCH)) {
            throw ProblemException.badField("wrong-value", "until", "`until` lies before anything was ever asked");
        }
        return until == null ? now : until;
    }

    /** How many examples at most. */
    int page() {
        int wanted = limit == null ? USUAL_EXAMPLES : limit;
        if (wanted < 0 || wanted > Paging.MOST) {
            throw ProblemException.badField(
                    "out-of-range", "limit", "`limit` is a whole number from 0 to " + Paging.MOST);
        }
        return wanted;
    }

    /** Which judgements are worth an example. */
    Predicate<ReplayJudgement> wanted() {
        if (examples == null) {
            return judged -> judged.shift() != Shift.NONE || judged.unmeetable();
        }
        if (examples.equals(NOT_MET)) {
            return ReplayJudgement::unmeetable;
        }
        for (Shift shift : Shift.values()) {
            if (shift != Shift.NONE && word(shift).equals(examples)) {
                return judged -> judged.shift() == shift;
            }
        }
        throw ProblemException.badField(
                "wrong-value",
                "examples",
                "`" + examples + "` is none of newly-held, no-longer-held, held-differently, newly-refused,"
                        + " no-longer-refused, " + NOT_MET);
    }

    /** Where the page of examples begins, if not with the newest. */
    Optional<Position> after() {
        if (cursor == null) {
            return Optional.empty();
        }
        try {
            String text = Cursors.read(LIST, cursor);
            int space = text.indexOf(' ');
            if (space > 0) {
                return Optional.of(new Position(Instant.parse(text.substring(0, space)), text.substring(space + 1)));
            }
        } catch (DateTimeException notOurs) {
            // told below
        }
        throw Cursors.refused();
    }

    static String word(Shift shift) {
        return shift.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
