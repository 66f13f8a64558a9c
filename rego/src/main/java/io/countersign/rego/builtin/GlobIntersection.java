package io.countersign.rego.builtin;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether two simple patterns (characters, `.`, `[...]`, with `*`, `+` or nothing after each) have a text in common. */
final class GlobIntersection {

    /** One token: the characters it takes, and how often. */
    private record Part(BitSet characters, boolean optional, boolean repeated) {}

    private GlobIntersection() {}

    static boolean nonEmpty(String left, String right) {
        List<Part> a = parse(left);
        List<Part> b = parse(right);
        Set<Long> seen = new HashSet<>();
        List<int[]> queue = new ArrayList<>();
        queue.add(new int[] {0, 0});
        for (int i = 0; i < queue.size(); i++) {
            int x = queue.get(i)[0];
            int y = queue.get(i)[1];
            if (!seen.add(((long) x << 32) | y)) {
                continue;
            }
            if (x == a.size() && y == b.size()) {
                return true;
            }
            if (x < a.size() && a.get(x).optional()) {
                queue.add(new int[] {x + 1, y});
            }
            if (y < b.size() && b.get(y).optional()) {
                queue.add(new int[] {x, y + 1});
            }
            if (x < a.size()
                    && y < b.size()
                    && a.get(x).characters().intersects(b.get(y).characters())) {
                queue.add(new int[] {x + 1, y + 1});
                if (a.get(x).repeated()) {
                    queue.add(new int[] {x, y + 1});
                }
                if (b.get(y).repeated()) {
                    queue.add(new int[] {x + 1, y});
                }
                if (a.get(x).repeated() && b.get(y).repeated()) {
                    queue.add(new int[] {x, y});
                }
            }
        }
        return false;
    }

    private static BuiltinFailure invalid(String text, int at, String what) {
        return BuiltinFailure.error(
                "input:" + text + ", pos:" + (at + 1) + ", " + what + ": the input provided is invalid");
    }

    private static List<Part> parse(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            BitSet characters = new BitSet();
            char c = text.charAt(at);
            switch (c) {
                case '*', '+' -> throw invalid(text, at, "flag '" + c + "' must be preceded by a non-flag");
                case ']' -> throw invalid(text, at, "set-close ']' with no preceding '['");
                case '.' -> characters.set(0, 0x10000);
                case '[' -> at = set(text, at, characters);
                case '\\' -> {
                    at++;
                    if (at >= text.length()) {
                        throw invalid(text, at, "escape at the end");
                    }
                    characters.set(text.charAt(at));
                }
                default -> characters.set(c);
            }
            at++;
            boolean star = at < text.length() && text.charAt(at) == '*';
            boolean plus = at < text.length() && text.charAt(at) == '+';
            if (star || plus) {
                at++;
            }
            parts.add(new Part(characters, star, star || plus));
        }
        return parts;
    }

    private static int set(String text, int start, BitSet characters) {
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != ']') {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            if (at + 2 < text.length() && text.charAt(at + 1) == '-' && text.charAt(at + 2) != ']') {
                char to = text.charAt(at + 2);
                if (to < c) {
                    throw invalid(text, at, "range starts after it ends");
                }
                characters.set(c, to + 1);
                at += 3;
            } else {
                characters.set(c);
                at++;
            }
        }
        if (at >= text.length()) {
            throw invalid(text, start, "set without close");
        }
        return at;
    }
}
