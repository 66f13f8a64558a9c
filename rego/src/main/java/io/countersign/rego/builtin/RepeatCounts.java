package io.countersign.rego.builtin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges the counted repetitions of a regular expression before it is compiled, which writes out what is repeated: Go allows
 * those that lie within each other no more than 1,000 together, and no expression that grows beyond a bound.
 */
final class RepeatCounts {

    private static final int MOST = 1_000;
    private static final long LARGEST = 500_000;
    private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(,([0-9]{0,9}))?\\}");

    /** A repetition, and those within it. */
    private record Repeat(int times, List<Repeat> within) {

        /** As Go does: what is left of the bound goes on to what is within, whole numbers only. */
        boolean isWithin(int bound) {
            if (times > bound) {
                return false;
            }
            int left = times > 0 ? bound / times : bound;
            return times == 0 || within.stream().allMatch(inner -> inner.isWithin(left));
        }
    }

    /** What stands side by side, and how large it becomes written out. */
    private static final class Part {
        private final List<Repeat> repeats = new ArrayList<>();
        private long size;

        void add(Part other) {
            repeats.addAll(other.repeats);
            size += other.size;
        }
    }

    private final String source;
    private final Deque<Part> outer = new ArrayDeque<>();
    private Part present = new Part();
    private Part last = new Part();

    private RepeatCounts(String source) {
        this.source = source;
    }

    /** What Go says against an expression, or null; one that is no expression at all is not judged here. */
    static @Nullable String fault(String source) {
        return source.indexOf('{') < 0 ? null : new RepeatCounts(source).fault();
    }

    private @Nullable String fault() {
        Matcher count = COUNT.matcher(source);
        int at = 0;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '{' && count.region(at, source.length()).lookingAt()) {
                if (!repeat(count)) {
                    return "invalid repeat count: `" + count.group() + "`";
                }
                if (last.size > LARGEST) {
                    return "expression too large";
                }
                at = count.end();
            } else {
                at = next(c, at);
            }
        }
        settle();
        return present.size > LARGEST ? "expression too large" : null;
    }

    private boolean repeat(Matcher count) {
        int least = Integer.parseInt(count.group(1));
        String most = count.group(3);
        int times = most == null || most.isEmpty() ? least : Integer.parseInt(most);
        Repeat repeat = new Repeat(times, List.copyOf(last.repeats));
        Part written = new Part();
        written.repeats.add(repeat);
        written.size = Math.max(1, last.size) * Math.max(1, times);
        last = written;
        return repeat.isWithin(MOST);
    }

    /** Passes what begins here and is no counted repetition; answers where the next begins. */
    private int next(char c, int at) {
        return switch (c) {
            case '(' -> {
                settle();
                outer.push(present);
                present = new Part();
                yield at + 1;
            }
            case ')' -> {
                settle();
                last = present;
                present = outer.isEmpty() ? new Part() : outer.pop();
                yield at + 1;
            }
            case '*', '+', '?' -> at + 1;
            default -> {
                settle();
                last.size = 1;
                yield c == '\\' ? behindEscape(at) : c == '[' ? behindClass(at) : at + 1;
            }
        };
    }

    private void settle() {
        present.add(last);
        last = new Part();
    }

    private int behindEscape(int at) {
        if (at + 1 >= source.length()) {
            return at + 1;
        }
        char kind = source.charAt(at + 1);
        int behind = kind == 'Q'
                ? source.indexOf("\\E", at + 2) + 2
                : "pPx".indexOf(kind) >= 0 && source.startsWith("{", at + 2) ? source.indexOf('}', at + 2) + 1 : at + 2;
        return behind <= at ? source.length() : behind;
    }

    private int behindClass(int at) {
        int i = at + 1;
        if (source.startsWith("^", i)) {
            i++;
        }
        if (source.startsWith("]", i)) {
            i++;
        }
        while (i < source.length() && source.charAt(i) != ']') {
            if (source.startsWith("[:", i) && source.indexOf(":]", i + 2) > 0) {
                i = source.indexOf(":]", i + 2) + 2;
            } else {
                i += source.charAt(i) == '\\' ? 2 : 1;
            }
        }
        return Math.min(source.length(), i + 1);
    }
}
