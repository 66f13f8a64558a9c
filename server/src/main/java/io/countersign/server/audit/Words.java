package io.countersign.server.audit;

import io.countersign.core.audit.Entry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes texts apart into the words they are searched by: lower case, whole runs such as {@code payments/production}
 * and each of their parts.
 */
final class Words {

    private static final int LETTERS_AT_MOST = 100;
    private static final int WORDS_AT_MOST = 2_000;
    private static final Pattern RUN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_/.:@+=-]+");
    private static final Pattern PART = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

    private Words() {}

    /** The words of everything an entry says, at most 2,000. */
    static Set<String> of(Actor actor, Entry entry, @Nullable String requestId) {
        Set<String> words = new TreeSet<>();
        add(actor.principalId(), words);
        add(EntryTypes.nameOf(entry.getClass()), words);
        if (requestId != null) {
            add(requestId, words);
        }
        walk(EntryJson.tree(entry), words);
        return words;
    }

    /** The runs of what somebody looks for; an entry must have, for each, a word that begins with it. */
    static List<String> sought(String text) {
        Set<String> runs = new LinkedHashSet<>();
        Matcher run = RUN.matcher(text.toLowerCase(Locale.ROOT));
        while (run.find()) {
            String word = bare(run.group());
            if (!word.isEmpty()) {
                runs.add(word);
            }
        }
        return List.copyOf(runs);
    }

    private static void walk(JsonNode node, Set<String> words) {
        if (node.isString()) {
            add(node.asString(), words);
        } else if (node.isContainer()) {
            node.forEach(child -> walk(child, words));
        }
    }

    private static void add(String text, Set<String> words) {
        String lower = text.toLowerCase(Locale.ROOT);
        Matcher run = RUN.matcher(lower);
        while (run.find() && words.size() < WORDS_AT_MOST) {
            keep(bare(run.group()), words);
        }
        Matcher part = PART.matcher(lower);
        while (part.find() && words.size() < WORDS_AT_MOST) {
            keep(part.group(), words);
        }
    }

    private static void keep(String word, Set<String> words) {
        if (!word.isEmpty()) {
            words.add(cut(word));
        }
    }

    /** Without the marks that only surround it, such as the full stop of a sentence. */
    private static String bare(String run) {
        int start = 0;
        int end = run.length();
        while (start < end && mark(run.charAt(start))) {
            start++;
        }
        while (end > start && mark(run.charAt(end - 1))) {
            end--;
        }
        return cut(run.substring(start, end));
    }

    private static boolean mark(char letter) {
        return "/.:@+=-".indexOf(letter) >= 0;
    }

    private static String cut(String word) {
        if (word.length() <= LETTERS_AT_MOST) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(LETTERS_AT_MOST - 1)) ? LETTERS_AT_MOST - 1 : LETTERS_AT_MOST;
        return word.substring(0, end);
    }
}
