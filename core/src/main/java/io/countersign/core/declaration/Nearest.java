package io.countersign.core.declaration;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody may have meant who wrote a word that nobody knows. */
public final class Nearest {

    private Nearest() {}

    /** The known word with the fewest letters to add, drop or change; nothing when there is no known word. */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(other -> distance(word, other))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The same, but nothing when more than half of the word would have to be another. */
    public static Optional<String> likely(String word, Collection<String> known) {
        return of(word, known).filter(other -> distance(word, other) * 2 <= Math.max(word.length(), 2));
    }

    /** Levenshtein's distance: how many letters to add, drop or change. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int above = row[j];
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
