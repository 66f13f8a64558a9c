package io.countersign.server.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as it is told over HTTP: a problem document of RFC 9457.
 *
 * @param status the HTTP status, 400 to 599
 * @param code stable word for programs, in kebab case
 * @param detail what happened, one lower-case sentence with user input in backticks
 * @param violations what is wrong in particular, often empty
 * @param remedy what the caller can do now, one sentence, or none
 * @param more further members, for example the recorded vote
 * @param logged whether the audit log tells of it already; nobody is told
 */
public record Problem(
        int status,
        String code,
        String detail,
        List<Fault> violations,
        @Nullable String remedy,
        Map<String, Object> more,
        boolean logged) {

    /** The member with the seconds to wait. */
    static final String RETRY_AFTER = "retryAfterSeconds";

    public Problem {
        violations = List.copyOf(violations);
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** A problem that is told in one sentence. */
    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), null, Map.of(), false);
    }

    /** The same with one sentence on what to do now. */
    public Problem remedy(String sentence) {
        return new Problem(status, code, detail, violations, sentence, more, logged);
    }

    /** The same with one more fault. */
    public Problem fault(Fault fault) {
        List<Fault> all = new ArrayList<>(violations);
        all.add(fault);
        return new Problem(status, code, detail, all, remedy, more, logged);
    }

    /** The same with exactly these faults. */
    public Problem faults(List<Fault> faults) {
        return new Problem(status, code, detail, faults, remedy, more, logged);
    }

    /** The same with a further member. */
    public Problem with(String member, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(more);
        all.put(member, value);
        return new Problem(status, code, detail, violations, remedy, all, logged);
    }

    /** The same with when to try again, at least a second from now; told in {@code Retry-After} too. */
    public Problem retryAfter(Duration wait) {
        return with(RETRY_AFTER, Math.max(1, wait.plusMillis(999).toSeconds()));
    }

    /** The same, known to be in the audit log in words of its own. */
    public Problem asLogged() {
        return new Problem(status, code, detail, violations, remedy, more, true);
    }

    /** As an exception that ends the call. */
    public ProblemException raise() {
        return new ProblemException(this);
    }

    /** The name of the kind of problem; a name and not an address, nothing is to be fetched there. */
    String type() {
        return "urn:countersign:problem:" + code;
    }

    /** A code such as {@code breakglass-session} written out. */
    static String words(String code) {
        return code.replace('-', ' ').replace("breakglass", "break-glass");
    }

    /** The kind of problem in words: its code, written out. */
    String title() {
        String words = words(code);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
