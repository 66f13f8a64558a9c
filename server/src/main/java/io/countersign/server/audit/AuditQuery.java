package io.countersign.server.audit;

import io.countersign.server.platform.Fault;
import io.countersign.server.platform.Problem;
import io.countersign.server.platform.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody looks for in the log; all of it must hold.
 *
 * @param types any of these kinds, or every kind when there are none
 * @param request id of a request, or its number such as {@code AR-42}
 * @param from first instant
 * @param to first instant no more wanted
 * @param words for each of them the entry has a word that begins with it
 * @param prominent only what stands out, or only what does not
 */
record AuditQuery(
        Set<String> types,
        @Nullable String actor,
        @Nullable String request,
        @Nullable Instant from,
        @Nullable Instant to,
        List<String> words,
        @Nullable Boolean prominent) {

    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_ID = 100;
    private static final int WORDS_AT_MOST = 10;
    private static final Pattern NUMBER = Pattern.compile("AR-[0-9]{1,18}");

    static final AuditQuery EVERYTHING = new AuditQuery(Set.of(), null, null, null, null, List.of(), null);

    AuditQuery {
        types = Set.copyOf(types);
        words = List.copyOf(words);
    }

    /** Reads the query parameters of a call; 400 for what cannot be looked for. */
    static AuditQuery of(
            List<String> types,
            @Nullable String actor,
            @Nullable String request,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String text,
            @Nullable Boolean prominent) {
        for (String type : types) {
            if (EntryTypes.named(type).isEmpty()) {
                throw unknownType(type);
            }
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw ProblemException.badField("wrong-value", "to", "`to` must be later than `from`");
        }
        return new AuditQuery(
                new TreeSet<>(types), id("actor", actor), id("requestId", request), from, to, words(text), prominent);
    }

    /** Whether the request is named by its number. */
    boolean byNumber() {
        return request != null && NUMBER.matcher(request).matches();
    }

    private static @Nullable String id(String field, @Nullable String id) {
        if (id != null && (id.isBlank() || id.length() > LONGEST_ID)) {
            throw ProblemException.badField(
                    "wrong-value", field, "`" + field + "` is 1 to " + LONGEST_ID + " characters long");
        }
        return id;
    }

    private static List<String> words(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        if (text.length() > LONGEST_TEXT) {
            throw ProblemException.badField(
                    "wrong-value", "text", "`text` is at most " + LONGEST_TEXT + " characters long");
        }
        List<String> words = Words.sought(text);
        if (words.isEmpty() || words.size() > WORDS_AT_MOST) {
            throw ProblemException.badField("wrong-value", "text", "`text` has 1 to " + WORDS_AT_MOST + " words");
        }
        return words;
    }

    private static ProblemException unknownType(String type) {
        String message = "no kind of entry is named `" + type + "`";
        return Problem.of(400, "unknown-entry-type", message)
                .fault(Fault.of("unknown-entry-type", "type", message))
                .remedy("the kinds are " + String.join(", ", EntryTypes.names()))
                .raise();
    }
}
