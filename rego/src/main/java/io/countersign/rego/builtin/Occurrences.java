package io.countersign.rego.builtin;

import java.util.function.IntPredicate;

/**
 * Where one string stands in another, in time that grows with the sum of their lengths and not with the product: short
 * ones are left to Java, for long ones this is the search of Knuth, Morris and Pratt.
 */
final class Occurrences {

    private static final int SHORT = 16;

    private Occurrences() {}

    /** The first index, or -1. */
    static int first(String text, String of) {
        int[] found = {-1};
        each(text, of, false, at -> {
            found[0] = at;
            return false;
        });
        return found[0];
    }

    /** Tells the index of each occurrence until it is answered with false; `of` is not empty. */
    static void each(String text, String of, boolean overlapping, IntPredicate more) {
        if (of.length() <= SHORT) {
            int step = overlapping ? 1 : of.length();
            int at = text.indexOf(of);
            while (at >= 0 && more.test(at)) {
                at = text.indexOf(of, at + step);
            }
            return;
        }
        int[] borders = borders(of);
        int matched = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            while (matched > 0 && of.charAt(matched) != c) {
                matched = borders[matched - 1];
            }
            matched += of.charAt(matched) == c ? 1 : 0;
            if (matched == of.length()) {
                if (!more.test(i + 1 - matched)) {
                    return;
                }
                matched = overlapping ? borders[matched - 1] : 0;
            }
        }
    }

    /** For each beginning of a string, the length of the longest shorter beginning that it also ends with. */
    private static int[] borders(String of) {
        int[] borders = new int[of.length()];
        for (int i = 1; i < borders.length; i++) {
            int matched = borders[i - 1];
            while (matched > 0 && of.charAt(matched) != of.charAt(i)) {
                matched = borders[matched - 1];
            }
            borders[i] = matched + (of.charAt(matched) == of.charAt(i) ? 1 : 0);
        }
        return borders;
    }
}
